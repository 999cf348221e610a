package edu.cumc.aou.cli.demo;

import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.IdTables.IdCounts;
import edu.cumc.aou.sync.port.MirrorTable.MirrorEntry;
import edu.cumc.aou.sync.port.MirrorTable.MirroredContact;
import edu.cumc.aou.sync.port.MirrorTable.MirroredJourney;
import edu.cumc.aou.sync.port.SyncStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A fingerprint of what a store knows of Salesforce: equal content gives an equal fingerprint. */
public final class StoreFingerprint {

  private final MessageDigest digest;

  private StoreFingerprint() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** SHA-256 over the mirror and the sizes of the id tables, in hexadecimal. */
  public static String of(SyncStore store) {
    StoreFingerprint fingerprint = new StoreFingerprint();
    try (Cursor<MirrorEntry> entries = store.mirror().read()) {
      while (entries.hasNext()) {
        fingerprint.add(entries.next());
      }
    }
    IdCounts ids = store.ids().counts();
    fingerprint.add(
        ids.contactPmi()
            + " "
            + ids.contactJourney()
            + " "
            + ids.relationship()
            + " "
            + ids.complete());
    return HexFormat.of().formatHex(fingerprint.digest.digest());
  }

  private void add(MirrorEntry entry) {
    add(entry.pmiId().value());
    for (MirroredContact contact : entry.contacts()) {
      add(contact.id().value());
      add(contact.gone() ? "gone" : "there");
      add(contact.fields());
      for (MirroredJourney journey : contact.journeys()) {
        add(journey.id().value());
        add(journey.fields());
      }
    }
  }

  private void add(FieldValues values) {
    values
        .asMap()
        .forEach(
            (field, value) -> {
              add(field.value());
              add(value.text());
            });
  }

  private void add(String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }
}
