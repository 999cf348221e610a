package edu.cumc.aou.mornings.judge;

import edu.cumc.aou.mornings.judge.Facts.Law;
import edu.cumc.aou.mornings.judge.Facts.Morning;
import edu.cumc.aou.mornings.judge.Facts.Name;
import edu.cumc.aou.mornings.judge.Facts.Org;
import edu.cumc.aou.mornings.judge.Facts.Rec;
import edu.cumc.aou.mornings.judge.Facts.Violation;
import edu.cumc.aou.mornings.judge.FieldTable.Field;
import edu.cumc.aou.mornings.judge.Person.Status;
import edu.cumc.aou.mornings.judge.SourceReader.Reading;
import edu.cumc.aou.sync.report.SyncReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The law of convergence: each field shows what the source says, or a true reason is named. */
final class Convergence {

  private final Morning morning;
  private final boolean atOnce;
  private final Map<String, Person> people;
  private final Map<String, List<Name>> names;
  private final List<Violation> violations = new ArrayList<>();

  private Convergence(Morning morning, boolean atOnce) {
    this.morning = morning;
    this.atOnce = atOnce;
    this.people = Person.of(morning.source());
    this.names = morning.names().stream().collect(Collectors.groupingBy(Name::pmi));
  }

  /** {@code atOnce}: not what the next run only can know. */
  static List<Violation> of(Morning morning, boolean atOnce) {
    Convergence judge = new Convergence(morning, atOnce);
    judge.converges();
    return judge.violations;
  }

  private void found(Law law, String text) {
    violations.add(new Violation(law, text));
  }

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
        if (Judge.WITHDRAWAL.contains(field.name()) && !said.isBlank()) {
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
    boolean hasName = !said("LastName", person.contact()).isEmpty();
    return isNamed(person.pmi(), "ANOMALY")
        || isNamed(person.pmi(), "REFUSED")
        || (hasName && isNamed(person.pmi(), "FAILED"));
  }

  private void fields(Person person, Rec record, boolean contact, Map<String, Object> row) {
    for (Field listed : FieldTable.all()) {
      if (listed.contact() == contact && morning.rules().isMapped(listed)) {
        shows(person, record, morning.rules().field(listed), row);
      }
    }
  }

  private void shows(Person person, Rec record, Field field, Map<String, Object> row) {
    Reading said = morning.rules().read(field, row, morning.today());
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
    return (atOnce && morning.isForTheNext(person.pmi(), field.name())) || isNamed(person, field);
  }

  private boolean isNamed(Person person, Field field) {
    return names.getOrDefault(person.pmi(), List.of()).stream()
        .anyMatch(
            n ->
                n.where().equals("REFUSED")
                    || n.where().equals("FAILED")
                    || (n.reason().matches("(NOT_TAKEN_OVER|CHANGED_BACK).*")
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

  /** Fails if the reason that names a participant is not true. */
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
    } else if (reason.matches("SEVERAL_JOURNEYS|several-journeys")) {
      isTrue = journeys > 1;
    } else if (reason.equals("MISSING_JOURNEY")) {
      // one that came while the run waited for others is known to the next run
      isTrue = live == 0 || journeys == 0 || journeysCame(name.pmi());
    } else if (reason.equals("DELETED_CONTACT")) {
      isTrue = live == 0;
    } else if (reason.startsWith("NOT_TAKEN_OVER")) {
      isTrue = morning.causes().rewritten().stream().anyMatch(reason::endsWith);
    } else if (reason.startsWith("CHANGED_BACK")) {
      isTrue = morning.causes().insisted().stream().anyMatch(reason::endsWith);
    } else if (reason.startsWith("contradicting-rows") || reason.startsWith("unclear-withdrawal")) {
      isTrue = person == null || person.status() == Status.REJECTED;
    } else if (reason.startsWith("withdrawal-")) {
      isTrue =
          (person == null || person.status() == Status.WITHDRAWN)
              && cannotShow(name.pmi(), reason, live, journeys);
    } else if (reason.startsWith("adoption-")) {
      isTrue = leads(person) >= (reason.equals("adoption-several-contacts") ? 2 : 1);
    } else if (name.where().equals("REFUSED") && !reason.startsWith("required-field-missing")) {
      isTrue = morning.causes().refused().contains(name.pmi()) || morning.causes().disturbed();
    } else if (name.where().equals("HOLD") && reason.equals("QUARANTINE")) {
      isTrue = morning.causes().refused().contains(name.pmi());
    }
    if (!isTrue) {
      found(Law.CONVERGES, name.pmi() + " is named " + name + ", which is not so");
    }
  }

  /** Whether no journey, or nobody knows which one, could show a withdrawal. */
  private boolean cannotShow(String pmi, String reason, long live, int journeys) {
    return switch (reason) {
      case "withdrawal-several-journeys" -> journeys > 1;
      case "withdrawal-doubled-pmi-id" -> live > 1;
      case "withdrawal-missing-journey" -> live == 0 || journeys == 0 || journeysCame(pmi);
      default -> live == 0;
    };
  }

  private long leads(@Nullable Person person) {
    return person == null || person.contact() == null
        ? 0
        : morning.after().leads(said("LastName", person.contact()));
  }

  private String said(String field, Map<String, Object> row) {
    return SourceReader.read(FieldTable.field(field), row, morning.today()).text();
  }

  private boolean journeysCame(String pmi) {
    return morning
        .after()
        .live(pmi)
        .flatMap(c -> morning.after().journeysOf(c.id()).stream())
        .anyMatch(j -> !morning.before().journeys().containsKey(j.id()));
  }
}
