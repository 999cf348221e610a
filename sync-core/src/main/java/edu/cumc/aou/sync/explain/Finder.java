package edu.cumc.aou.sync.explain;

import edu.cumc.aou.sync.SyncSettings;
import edu.cumc.aou.sync.explain.FoundPeople.Person;
import edu.cumc.aou.sync.mapping.BoundField;
import edu.cumc.aou.sync.model.Cells;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.MirrorTable.MirrorEntry;
import edu.cumc.aou.sync.port.MirrorTable.MirroredContact;
import edu.cumc.aou.sync.port.SourceEntry;
import edu.cumc.aou.sync.run.Preparation;
import edu.cumc.aou.sync.run.RunServices;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds a person by what a caller says: in the source, in the mirror as it was last refreshed, and
 * among the holds. Values cost one pass over the source and one over the mirror, in constant
 * memory. Writes nothing.
 */
public final class Finder {

  /** More people than anybody looks through. */
  private static final int MOST = 20;

  private final RunServices services;
  private final SyncSettings settings;

  public Finder(RunServices services, SyncSettings settings) {
    this.services = services;
    this.settings = settings;
  }

  /**
   * Who fits.
   *
   * @param said a PMI ID, an id or the address of a record, an e-mail address, a phone number with
   *     at least seven digits, or the beginnings of names
   */
  public FoundPeople find(String said) {
    SearchText text = new SearchText(said);
    services.store().verify();
    Preparation preparation = Preparation.of(services, settings);
    NavigableSet<PmiId> found = new TreeSet<>();
    text.pmiId().ifPresent(found::add);
    if (text.recordId().isPresent()) {
      lookInMirror(text, preparation, found);
    } else if (text.asksForValues()) {
      lookInSource(text, preparation, found);
      lookInMirror(text, preparation, found);
    }
    List<Person> people = new ArrayList<>();
    for (PmiId pmiId : found) {
      if (people.size() == MOST) {
        return new FoundPeople(people, true);
      }
      person(pmiId, preparation).ifPresent(people::add);
    }
    return new FoundPeople(people, false);
  }

  private static boolean isFull(NavigableSet<PmiId> found) {
    return found.size() > MOST;
  }

  private void lookInSource(SearchText text, Preparation preparation, NavigableSet<PmiId> found) {
    List<String> columns =
        preparation.mapping().contact().stream()
            .filter(f -> text.concerns(f.info()))
            .flatMap(f -> f.columns().stream())
            .distinct()
            .toList();
    try (Cursor<SourceEntry> source = services.source().read(preparation.query())) {
      while (source.hasNext() && !isFull(found)) {
        if (source.next() instanceof SourceEntry.Found entry) {
          SourceRow row = entry.participant().contact();
          if (row != null
              && text.fits(columns.stream().map(c -> Cells.plain().line(row, c)).toList())) {
            found.add(entry.participant().pmiId());
          }
        }
      }
    }
  }

  private void lookInMirror(SearchText text, Preparation preparation, NavigableSet<PmiId> found) {
    List<BoundField> fields =
        preparation.mapping().contact().stream().filter(f -> text.concerns(f.info())).toList();
    try (Cursor<MirrorEntry> mirror = services.store().mirror().read()) {
      while (mirror.hasNext() && !isFull(found)) {
        MirrorEntry entry = mirror.next();
        if (entry.contacts().stream().anyMatch(c -> fits(text, fields, c))) {
          found.add(entry.pmiId());
        }
      }
    }
  }

  private static boolean fits(SearchText text, List<BoundField> fields, MirroredContact contact) {
    if (text.recordId().isPresent()) {
      String id = text.recordId().get();
      return contact.id().value().startsWith(id)
          || contact.journeys().stream().anyMatch(j -> j.id().value().startsWith(id));
    }
    return text.fits(fields.stream().map(f -> contact.fields().get(f.name()).text()).toList());
  }

  private Optional<Person> person(PmiId pmiId, Preparation preparation) {
    Optional<SourceEntry> entry = services.source().find(preparation.query(), pmiId);
    List<MirroredContact> contacts =
        services.store().mirror().find(pmiId).map(MirrorEntry::live).orElse(List.of());
    Optional<Hold> hold = services.store().holds().find(pmiId);
    if (entry.isEmpty() && contacts.isEmpty() && hold.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Person(
            pmiId,
            name(preparation, entry.orElse(null), contacts),
            entry.isPresent(),
            contacts.stream().map(c -> c.id().value()).toList(),
            hold.map(h -> h.kind() + ", " + h.reason()).orElse("")));
  }

  private static String name(
      Preparation preparation, @Nullable SourceEntry entry, List<MirroredContact> contacts) {
    SearchText anyName = new SearchText("name");
    List<BoundField> fields =
        preparation.mapping().contact().stream().filter(f -> anyName.concerns(f.info())).toList();
    String name = "";
    if (entry instanceof SourceEntry.Found found && found.participant().contact() != null) {
      SourceRow row = found.participant().contact();
      name =
          joined(
              fields.stream()
                  .flatMap(f -> f.columns().stream())
                  .distinct()
                  .map(c -> Cells.plain().line(row, c))
                  .toList());
    }
    if (name.isEmpty() && !contacts.isEmpty()) {
      FieldValues values = contacts.get(0).fields();
      name = joined(fields.stream().map(f -> values.get(f.name()).text()).toList());
    }
    return name;
  }

  private static String joined(List<String> parts) {
    return String.join(" ", parts.stream().filter(p -> !p.isBlank()).toList());
  }
}
