package edu.cumc.aou.mornings.judge;

import edu.cumc.aou.mornings.judge.Facts.Law;
import edu.cumc.aou.mornings.judge.Facts.Morning;
import edu.cumc.aou.mornings.judge.Facts.Name;
import edu.cumc.aou.mornings.judge.Facts.Org;
import edu.cumc.aou.mornings.judge.Facts.Rec;
import edu.cumc.aou.mornings.judge.Facts.Sent;
import edu.cumc.aou.mornings.judge.Facts.Source;
import edu.cumc.aou.mornings.judge.Facts.Violation;
import edu.cumc.aou.mornings.judge.FieldTable.Field;
import edu.cumc.aou.mornings.judge.Person.Status;
import edu.cumc.aou.mornings.judge.SourceReader.Reading;
import edu.cumc.aou.sync.Balance;
import edu.cumc.aou.sync.SyncReport;
import edu.cumc.aou.sync.model.RunState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Judges one morning. It knows the manual, the source and the org, and nothing of the sync. */
public final class Judge {

  private static final Set<String> WITHDRAWAL =
      Set.of("HP_Withdrawal_Status__c", "HP_Withdrawal_Date__c");

  private final Morning morning;
  private final Map<String, Person> people;
  private final Map<String, List<Name>> names;
  private final List<Violation> violations = new ArrayList<>();

  private Judge(Morning morning) {
    this.morning = morning;
    this.people = Person.of(morning.source());
    this.names = morning.names().stream().collect(Collectors.groupingBy(Name::pmi));
  }

  /** What was wrong with any morning, however much went wrong during it. */
  public static List<Violation> of(Morning morning) {
    Judge judge = new Judge(morning);
    judge.once();
    judge.never();
    judge.accounted();
    judge.tables();
    judge.honest();
    return judge.violations;
  }

  /** Whether everybody's fields show what the source says, or the person is named with a reason. */
  public static List<Violation> converged(Morning morning) {
    Judge judge = new Judge(morning);
    judge.converges();
    return judge.violations;
  }

  /**
   * Whether an undo has put back what the run had changed and nobody has touched since.
   *
   * @param undone the org before the run, and after it
   * @param now the org before and after the undo
   * @param source what the source says of people by now: of those who have withdrawn nothing is put
   *     back
   */
  public static List<Violation> back(
      List<Org> undone, List<Org> now, Source source, Set<String> except) {
    Set<String> refused = new HashSet<>(except);
    Person.of(source).values().stream()
        .filter(p -> p.status() == Status.WITHDRAWN || p.status() == Status.REJECTED)
        .forEach(p -> refused.add(p.pmi()));
    List<Violation> violations = new ArrayList<>();
    undone.get(0).contacts().keySet().forEach(id -> back(id, undone, now, refused, violations));
    undone.get(0).journeys().keySet().forEach(id -> back(id, undone, now, refused, violations));
    return violations;
  }

  private static void back(
      String id, List<Org> undone, List<Org> now, Set<String> refused, List<Violation> violations) {
    Rec before = undone.get(0).find(id);
    Rec after = undone.get(1).find(id);
    Rec found = now.get(0).find(id);
    Rec left = now.get(1).find(id);
    if (before == null || after == null || found == null || left == null || found.deleted()) {
      return;
    }
    boolean untouched = mapped(after).equals(mapped(found));
    Rec contact = now.get(0).contacts().get(found.text("Contact__c"));
    String pmi = contact == null ? found.pmi() : contact.pmi();
    if (untouched && !refused.contains(pmi) && !mapped(before).equals(mapped(left))) {
      violations.add(
          new Violation(
              Law.BACK, "the undo left " + differing(mapped(before), mapped(left)) + " of " + id));
    }
  }

  private static Map<String, String> mapped(Rec record) {
    Map<String, String> mapped = new HashMap<>(record.fields());
    mapped.keySet().removeIf(f -> FieldTable.all().stream().noneMatch(t -> t.name().equals(f)));
    return mapped;
  }

  private static Set<String> differing(Map<String, String> one, Map<String, String> other) {
    Set<String> fields = new HashSet<>(one.keySet());
    fields.addAll(other.keySet());
    fields.removeIf(f -> one.getOrDefault(f, "").equals(other.getOrDefault(f, "")));
    return fields;
  }

  private void found(Law law, String text) {
    violations.add(new Violation(law, text));
  }

  // 1: converges

  private void converges() {
    for (Person person : people.values()) {
      if (morning.causes().forgotten().contains(person.pmi())) {
        continue;
      }
      switch (person.status()) {
        case REJECTED -> require(person, "REFUSED", "contradicting-rows", "unclear-withdrawal");
        case SKIPPED -> {}
        case WITHDRAWN -> withdrawn(person);
        case ACTIVE -> active(person);
      }
    }
    morning.names().forEach(this::requireTrue);
  }

  private void withdrawn(Person person) {
    List<Rec> live = morning.after().live(person.pmi()).toList();
    if (live.size() != 1 || person.journey() == null) {
      return;
    }
    List<Rec> journeys = morning.after().journeysOf(live.get(0).id());
    if (journeys.size() == 1) {
      for (Field field : FieldTable.all()) {
        Reading said = SourceReader.read(field, person.journey(), morning.today());
        if (WITHDRAWAL.contains(field.name()) && !said.isBlank()) {
          shows(person, journeys.get(0), field, person.journey());
        }
      }
    }
  }

  private void active(Person person) {
    if (isNamed(person.pmi(), "HOLD")) {
      return;
    }
    List<Rec> live = morning.after().live(person.pmi()).toList();
    if (live.size() > 1) {
      require(person, "ANOMALY", "DOUBLED_PMI_ID");
      return;
    }
    if (live.isEmpty()) {
      if (person.contact() != null && !explainedAbsence(person)) {
        found(Law.CONVERGES, "no Contact of " + person.pmi() + ", and no reason" + said(person));
      }
      return;
    }
    Rec contact = live.get(0);
    if (person.contact() != null) {
      fields(person, contact, true, person.contact());
    }
    if (person.journey() != null) {
      List<Rec> journeys = morning.after().journeysOf(contact.id());
      if (journeys.size() > 1) {
        if (!journeysCame(person.pmi())) {
          require(person, "ANOMALY", "SEVERAL_JOURNEYS");
        }
      } else if (journeys.isEmpty()) {
        require(person, "ANOMALY", "MISSING_JOURNEY");
      } else {
        fields(person, journeys.get(0), false, person.journey());
      }
    }
  }

  private boolean explainedAbsence(Person person) {
    Reading last =
        SourceReader.read(FieldTable.field("LastName"), person.contact(), morning.today());
    if (last.text().isEmpty()) {
      return isNamed(person.pmi(), "REFUSED");
    }
    return isNamed(person.pmi(), "ANOMALY")
        || isNamed(person.pmi(), "REFUSED")
        || isNamed(person.pmi(), "FAILED");
  }

  private void fields(Person person, Rec record, boolean contact, Map<String, Object> row) {
    for (Field listed : FieldTable.all()) {
      if (listed.contact() == contact) {
        shows(person, record, morning.rules().field(listed), row);
      }
    }
  }

  private void shows(Person person, Rec record, Field field, Map<String, Object> row) {
    Reading said = SourceReader.read(field, row, morning.today());
    String shown = record.text(field.name());
    if (said.isRefused()) {
      String key = (field.contact() ? "Contact." : "Journey.") + field.name() + ":" + said.rule();
      SyncReport report = morning.report();
      if (report != null
          && report.refusedFields().keySet().stream().noneMatch(key::equalsIgnoreCase)) {
        found(
            Law.CONVERGES,
            key + " of " + person.pmi() + " is not among " + report.refusedFields().keySet());
      }
      return;
    }
    boolean free =
        said.isBlank()
            ? !field.policy().equals("overwrite")
            : field.policy().equals("fill-only") && !shown.isEmpty();
    if (!free && !SourceReader.shows(field, shown, said.text()) && !explained(person, field)) {
      found(
          Law.CONVERGES,
          field.name()
              + " of "
              + person.pmi()
              + (said.isBlank() ? " is not cleared" : " is not as the source says")
              + said(person));
    }
  }

  private boolean explained(Person person, Field field) {
    return names.getOrDefault(person.pmi(), List.of()).stream()
        .anyMatch(
            n ->
                n.where().equals("REFUSED")
                    || n.where().equals("FAILED")
                    || (n.reason().startsWith("NOT_TAKEN_OVER")
                        && n.reason().endsWith(field.name())));
  }

  private boolean isNamed(String pmi, String where) {
    return names.getOrDefault(pmi, List.of()).stream().anyMatch(n -> n.where().equals(where));
  }

  private void require(Person person, String where, String... reasons) {
    boolean named =
        names.getOrDefault(person.pmi(), List.of()).stream()
            .anyMatch(
                n ->
                    n.where().equals(where)
                        && List.of(reasons).stream().anyMatch(n.reason()::startsWith));
    if (!named) {
      found(
          Law.CONVERGES,
          person.pmi() + " is not named as " + List.of(reasons).get(0) + said(person));
    }
  }

  private String said(Person person) {
    return ", named: " + names.getOrDefault(person.pmi(), List.of());
  }

  /** Whether somebody is named for a reason that is so. */
  private void requireTrue(Name name) {
    Org org = morning.after();
    Person person = people.get(name.pmi());
    long live = org.live(name.pmi()).count();
    int journeys =
        org.live(name.pmi()).mapToInt(c -> org.journeysOf(c.id()).size()).max().orElse(0);
    String reason = name.reason();
    boolean isTrue = true;
    if (reason.equals("DOUBLED_PMI_ID")) {
      isTrue = live > 1;
    } else if (reason.equals("SEVERAL_JOURNEYS")) {
      isTrue = journeys > 1;
    } else if (reason.equals("MISSING_JOURNEY")) {
      // one that came while the run waited for others is known to the next run
      isTrue = live == 0 || journeys == 0 || journeysCame(name.pmi());
    } else if (reason.equals("DELETED_CONTACT")) {
      isTrue = live == 0;
    } else if (reason.startsWith("NOT_TAKEN_OVER")) {
      isTrue = morning.causes().rewritten().stream().anyMatch(reason::endsWith);
    } else if (reason.startsWith("contradicting-rows") || reason.startsWith("unclear-withdrawal")) {
      isTrue = person == null || person.status() == Status.REJECTED;
    } else if (name.where().equals("REFUSED") && !reason.startsWith("required-field-missing")) {
      isTrue = morning.causes().refused().contains(name.pmi()) || morning.causes().disturbed();
    } else if (name.where().equals("HOLD") && reason.equals("QUARANTINE")) {
      isTrue = morning.causes().refused().contains(name.pmi());
    }
    if (!isTrue) {
      found(Law.CONVERGES, name.pmi() + " is named " + name + ", which is not so");
    }
  }

  private boolean journeysCame(String pmi) {
    return morning
        .after()
        .live(pmi)
        .flatMap(c -> morning.after().journeysOf(c.id()).stream())
        .anyMatch(j -> !morning.before().journeys().containsKey(j.id()));
  }

  // 2: once

  private void once() {
    Set<String> created = new HashSet<>();
    for (Rec contact : newByUs()) {
      String pmi = contact.pmi();
      if (pmi.isEmpty()) {
        if (!morning.causes().rewritten().contains("HP_PMI_ID__c")) {
          found(Law.ONCE, "a Contact was created without its PMI ID");
        }
      } else if (!created.add(pmi)) {
        found(Law.ONCE, "two Contacts were created of " + pmi);
      } else if (morning.before().live(pmi).anyMatch(c -> !touched(c))) {
        found(Law.ONCE, "a second Contact was created of " + pmi);
      }
    }
    changes().forEach(this::saidOfThem);
  }

  /** Whether a value that we changed is one that some load said of this very person. */
  private void saidOfThem(FieldChange change) {
    if (morning.kind().equals("undo")
        || morning.causes().rewritten().contains(change.field().name())) {
      return;
    }
    for (Source load : morning.loads()) {
      Person person = Person.of(load).get(change.pmi());
      Map<String, Object> row =
          person == null ? null : change.field().contact() ? person.contact() : person.journey();
      if (row != null) {
        Reading said = SourceReader.read(change.field(), row, morning.today());
        if (!said.isRefused() && SourceReader.shows(change.field(), change.value(), said.text())) {
          return;
        }
      }
    }
    found(
        Law.ONCE,
        change.field().name() + " of " + change.pmi() + " got a value that no load says of them");
  }

  private List<Rec> newByUs() {
    return morning.after().contacts().values().stream()
        .filter(c -> !morning.before().contacts().containsKey(c.id()))
        .filter(c -> !touched(c))
        .toList();
  }

  /** A field that we changed. */
  private record FieldChange(String pmi, Field field, String value, Rec record) {}

  private List<FieldChange> changes() {
    List<FieldChange> changes = new ArrayList<>();
    for (Field field : FieldTable.all()) {
      Collection<Rec> records =
          field.contact()
              ? morning.after().contacts().values()
              : morning.after().journeys().values();
      for (Rec record : records) {
        Rec before = morning.before().find(record.id());
        String old = before == null ? "" : before.text(field.name());
        boolean initial =
            before == null && SourceReader.shows(field, record.text(field.name()), "");
        if (!record.text(field.name()).equals(old)
            && !initial
            && !isInitialFlag(before, field, record)
            && !touched(record)) {
          changes.add(new FieldChange(pmiOf(record), field, record.text(field.name()), record));
        }
      }
    }
    return changes;
  }

  /** A checkbox of a new journey is off by itself. */
  private static boolean isInitialFlag(@Nullable Rec before, Field field, Rec record) {
    return before == null
        && field.holds().equals("boolean")
        && record.text(field.name()).equals("false");
  }

  private String pmiOf(Rec record) {
    Rec contact = morning.after().contacts().get(record.text("Contact__c"));
    return contact == null ? record.pmi() : contact.pmi();
  }

  private boolean touched(Rec record) {
    return morning.causes().touched().contains(record.id());
  }

  // 3: never

  private void never() {
    boolean stopped = morning.exit() == 6 || morning.kind().equals("plan");
    List<FieldChange> changes = changes();
    if (stopped && !(changes.isEmpty() && newByUs().isEmpty())) {
      found(Law.NEVER, "something was sent though a guard said no, or nobody said yes");
    }
    for (FieldChange change : changes) {
      Person person = people.get(change.pmi());
      Status status = person == null ? Status.ACTIVE : person.status();
      if (morning.causes().forgotten().contains(change.pmi())) {
        found(Law.NEVER, change.field().name() + " was sent of somebody forgotten");
      } else if (morning.kind().equals("undo")) {
        continue;
      } else if (status == Status.WITHDRAWN) {
        if (change.value().isEmpty()) {
          found(Law.NEVER, "a blank of " + change.field().name() + " was sent after a withdrawal");
        } else if (!WITHDRAWAL.contains(change.field().name())) {
          found(Law.NEVER, change.field().name() + " was sent of somebody withdrawn");
        }
      } else if (status == Status.SKIPPED) {
        found(Law.NEVER, change.field().name() + " was sent of a person who left, or of a test");
      } else if (change.value().isEmpty()
          && !morning.rules().field(change.field()).policy().equals("overwrite")) {
        found(Law.NEVER, change.field().name() + " was cleared against its policy");
      }
    }
  }

  // 4: accounted

  private void accounted() {
    SyncReport report = morning.report();
    if (report == null || report.state() != RunState.DONE) {
      return;
    }
    for (Balance balance : List.of(report.contacts(), report.journeys())) {
      if (balance.rows() != balance.surplusRows() + balance.accountedFor()) {
        found(Law.ACCOUNTED, "the balance of " + balance.object() + " does not hold");
      }
    }
    if (!morning.fresh() || !morning.kind().equals("sync")) {
      return;
    }
    long contacts = morning.source().contacts().stream().filter(r -> r.key() != null).count();
    if (report.contacts().rows() != contacts
        || report.journeys().rows() != morning.source().journeys().size()) {
      found(Law.ACCOUNTED, "the balance is not about the rows that the source has");
    }
    if (morning.causes().disturbed()) {
      return;
    }
    if (report.contacts().inserted() != newByUs().size()) {
      found(
          Law.ACCOUNTED,
          report.contacts().inserted() + " inserted, but " + newByUs().size() + " are new");
    }
    for (Sent sent : morning.sent()) {
      Rec record = morning.after().find(sent.recordId());
      if (sent.state().equals("DONE") && record != null) {
        sent.values().forEach((field, value) -> arrived(sent, record, field, value));
      } else if (sent.state().equals("DONE")) {
        found(Law.ACCOUNTED, "a row is done whose record is not there");
      }
    }
  }

  private void arrived(Sent sent, Rec record, String name, String value) {
    Field field =
        FieldTable.all().stream().filter(f -> f.name().equals(name)).findFirst().orElse(null);
    if (field != null
        && !morning.causes().rewritten().contains(name)
        && !SourceReader.shows(field, record.text(name), value)) {
      found(Law.ACCOUNTED, name + " of " + sent.pmi() + " is done, and Salesforce shows another");
    }
  }

  // 5: honest

  private void honest() {
    if (morning.exit() != 0 || morning.report() == null || morning.causes().disturbed()) {
      return;
    }
    if (morning.kind().equals("sync") && morning.fresh()) {
      for (Violation violation : converged(morning)) {
        // what an automation makes of a value is seen by the next run
        if (morning.causes().rewritten().stream().noneMatch(violation.text()::startsWith)) {
          found(Law.HONEST, "exit 0, but " + violation.text());
        }
      }
    }
  }

  // 6: tables

  private void tables() {
    SyncReport report = morning.report();
    if (report == null || report.state() != RunState.DONE || morning.causes().disturbed()) {
      return;
    }
    Set<String> ids = new HashSet<>();
    Set<String> relationship = new HashSet<>();
    Map<String, List<Rec>> byPmi =
        morning.after().contacts().values().stream()
            .filter(c -> !c.deleted() && !c.pmi().isEmpty())
            .collect(Collectors.groupingBy(Rec::pmi));
    byPmi.forEach(
        (pmi, contacts) -> {
          for (Rec contact : contacts) {
            List<Rec> journeys = morning.after().journeysOf(contact.id());
            ids.add(contact.id() + " " + pmi);
            journeys.forEach(j -> ids.add(contact.id() + " " + j.id()));
            if (contacts.size() == 1 && journeys.size() <= 1) {
              relationship.add(
                  contact.id()
                      + " "
                      + pmi
                      + (journeys.isEmpty() ? "" : " " + journeys.get(0).id()));
            }
          }
        });
    compare("Contact_PMI and Contact_Journey", ids, morning.tables().ids());
    compare("Relationship", relationship, morning.tables().relationship());
  }

  private void compare(String table, Set<String> wanted, Set<String> found) {
    if (!wanted.equals(found)) {
      Set<String> missing = new HashSet<>(wanted);
      missing.removeAll(found);
      Set<String> odd = new HashSet<>(found);
      odd.removeAll(wanted);
      found(Law.TABLES, table + " lacks " + missing + " and has " + odd);
    }
  }
}
