package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.plan.WriteRows;
import edu.cumc.aou.sync.port.ChangeTable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 over all changes of a plan: an approval covers exactly these. */
public final class PlanDigest {

  private final MessageDigest digest;

  private PlanDigest() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Reads the plan page by page. */
  public static String of(ChangeTable changes, RunId run) {
    PlanDigest plan = new PlanDigest();
    for (CrmObject object : CrmObject.values()) {
      WriteRows rows = WriteRows.planned(changes, run, object);
      while (rows.hasNext()) {
        plan.add(rows.next());
      }
    }
    return HexFormat.of().formatHex(plan.digest.digest());
  }

  private void add(Change change) {
    add(change.object().name());
    add(change.pmiId().value());
    add(change.contactId() == null ? "" : change.contactId().value());
    add(change.journeyId() == null ? "" : change.journeyId().value());
    add(change.action().name());
    add(change.oldValues());
    add(change.newValues());
    add(String.join(",", List.copyOf(change.refusedFields())));
  }

  private void add(FieldValues values) {
    values
        .asMap()
        .forEach(
            (field, value) -> {
              add(field.value());
              add(value.text());
            });
    add("");
  }

  private void add(String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }
}
