package edu.cumc.aou.sync.explain;

import edu.cumc.aou.sync.explain.FoundPeople.NamelessRow;
import edu.cumc.aou.sync.explain.FoundPeople.Person;
import edu.cumc.aou.sync.model.Cells;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.MirrorTable.MirrorEntry;
import edu.cumc.aou.sync.port.MirrorTable.MirroredContact;
import edu.cumc.aou.sync.port.SourceEntry;
import edu.cumc.aou.sync.run.RunServices;
import edu.cumc.aou.sync.settings.SyncSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds a person by what a caller says: in the source, in the mirror as last refreshed, and among
 * the holds. A search by value reads the source once and the mirror once, in constant memory. It
 * works without Salesforce, and writes nothing.
 */
public final class Finder {

  /** Nobody looks through more people than this. */
  private static final int MOST = 20;

  private final RunServices services;
  private final SyncSettings settings;

  public Finder(RunServices services, SyncSettings settings) {
    this.services = services;
    this.settings = settings;
  }

  /** The hits so far. */
  private static final class Found {
    private final NavigableSet<PmiId> people = new TreeSet<>();
    private final List<NamelessRow> rows = new ArrayList<>();

    boolean isFull() {
      return people.size() > MOST || rows.size() > MOST;
    }
  }

  /**
   * Finds the people who fit.
   *
   * @param said a PMI ID, an id or the address of a record, an e-mail address, a phone number with
   *     at least seven digits, the beginnings of names, or the text that stands in the place of a
   *     PMI ID
   */
  public FoundPeople find(String said) {
    SearchText text = new SearchText(said);
    services.store().verify();
    KnownHere here = KnownHere.of(services.source(), settings);
    Found found = new Found();
    text.pmiId().ifPresent(found.people::add);
    if (text.recordId().isPresent()) {
      lookInMirror(text, here, found);
    } else if (text.asksForValues()) {
      lookInSource(text, here, found);
      lookInMirror(text, here, found);
    }
    List<Person> people = new ArrayList<>();
    for (PmiId pmiId : found.people) {
      if (people.size() < MOST) {
        person(pmiId, here).ifPresent(people::add);
      }
    }
    return new FoundPeople(
        people, found.rows.subList(0, Math.min(MOST, found.rows.size())), found.isFull());
  }

  private void lookInSource(SearchText text, KnownHere here, Found found) {
    List<String> columns =
        here.fields().stream()
            .filter(f -> text.concerns(f.name()))
            .flatMap(f -> f.columns().stream())
            .distinct()
            .toList();
    long position = 0;
    try (Cursor<SourceEntry> source = services.source().read(here.query())) {
      while (source.hasNext() && !found.isFull()) {
        SourceEntry entry = source.next();
        position += entry.contactRows();
        SourceRow row = contact(entry);
        boolean fits =
            row != null
                && text.fits(columns.stream().map(c -> Cells.plain().line(row, c)).toList());
        if (entry instanceof SourceEntry.Rejected r && r.pmiId() == null) {
          if (row != null && (fits || text.isKey(r.key()))) {
            found.rows.add(new NamelessRow(r.key(), name(here, row), position));
          }
        } else if (fits) {
          found.people.add(pmiId(entry));
        }
      }
    }
  }

  private static @Nullable SourceRow contact(SourceEntry entry) {
    return entry instanceof SourceEntry.Found found
        ? found.participant().contact()
        : ((SourceEntry.Rejected) entry).contact();
  }

  private static PmiId pmiId(SourceEntry entry) {
    if (entry instanceof SourceEntry.Found found) {
      return found.participant().pmiId();
    }
    PmiId pmiId = ((SourceEntry.Rejected) entry).pmiId();
    if (pmiId == null) {
      throw new IllegalArgumentException("a row that names nobody");
    }
    return pmiId;
  }

  private void lookInMirror(SearchText text, KnownHere here, Found found) {
    List<FieldName> fields =
        here.fields().stream()
            .filter(f -> text.concerns(f.name()))
            .map(f -> new FieldName(f.name()))
            .toList();
    try (Cursor<MirrorEntry> mirror = services.store().mirror().read()) {
      while (mirror.hasNext() && !found.isFull()) {
        MirrorEntry entry = mirror.next();
        if (entry.contacts().stream().anyMatch(c -> fits(text, fields, c))) {
          found.people.add(entry.pmiId());
        }
      }
    }
  }

  private static boolean fits(SearchText text, List<FieldName> fields, MirroredContact contact) {
    if (text.recordId().isPresent()) {
      String id = text.recordId().get();
      return contact.id().value().startsWith(id)
          || contact.journeys().stream().anyMatch(j -> j.id().value().startsWith(id));
    }
    return text.fits(fields.stream().map(f -> contact.fields().get(f).text()).toList());
  }

  private Optional<Person> person(PmiId pmiId, KnownHere here) {
    Optional<SourceEntry> entry = services.source().find(here.query(), pmiId);
    List<MirroredContact> contacts =
        services.store().mirror().find(pmiId).map(MirrorEntry::live).orElse(List.of());
    Optional<Hold> hold = services.store().holds().find(pmiId);
    if (entry.isEmpty() && contacts.isEmpty() && hold.isEmpty()) {
      return Optional.empty();
    }
    SourceRow row = entry.map(Finder::contact).orElse(null);
    String name = row == null ? "" : name(here, row);
    return Optional.of(
        new Person(
            pmiId,
            name.isEmpty() && !contacts.isEmpty() ? name(here, contacts.get(0).fields()) : name,
            entry.isPresent(),
            contacts.stream().map(c -> c.id().value()).toList(),
            hold.orElse(null)));
  }

  private static String name(KnownHere here, SourceRow row) {
    return joined(
        here.fields().stream()
            .filter(f -> SearchText.isName(f.name()))
            .flatMap(f -> f.columns().stream())
            .distinct()
            .map(c -> Cells.plain().line(row, c))
            .toList());
  }

  private static String name(KnownHere here, FieldValues values) {
    return joined(
        here.fields().stream()
            .filter(f -> SearchText.isName(f.name()))
            .map(f -> values.get(new FieldName(f.name())).text())
            .toList());
  }

  private static String joined(List<String> parts) {
    return String.join(" ", parts.stream().filter(p -> !p.isBlank()).toList());
  }
}
