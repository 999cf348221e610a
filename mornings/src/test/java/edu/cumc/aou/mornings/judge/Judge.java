package edu.cumc.aou.mornings.judge;

import edu.cumc.aou.mornings.judge.Facts.Law;
import edu.cumc.aou.mornings.judge.Facts.Morning;
import edu.cumc.aou.mornings.judge.Facts.Rec;
import edu.cumc.aou.mornings.judge.Facts.Sent;
import edu.cumc.aou.mornings.judge.Facts.Source;
import edu.cumc.aou.mornings.judge.Facts.Violation;
import edu.cumc.aou.mornings.judge.Person.Status;
import edu.cumc.aou.mornings.judge.SourceReader.Reading;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.report.Balance;
import edu.cumc.aou.sync.report.SyncReport;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Judges one morning. It knows the manual, the source and the org, and nothing of the sync. */
public final class Judge {

  static final Set<String> WITHDRAWAL = Set.of("HP_Withdrawal_Status__c", "HP_Withdrawal_Date__c");

  private final Morning morning;
  private final Map<String, Person> people;
  private final Deeds deeds;
  private final List<Violation> violations = new ArrayList<>();

  private Judge(Morning morning) {
    this.morning = morning;
    this.people = morning.people();
    this.deeds = new Deeds(morning);
  }

  /** What was wrong with any morning, however much went wrong during it. */
  public static List<Violation> of(Morning morning) {
    Judge judge = new Judge(morning);
    judge.once();
    judge.never();
    judge.accounted();
    judge.violations.addAll(TableJudge.of(morning));
    judge.honest();
    return judge.violations;
  }

  /** Whether everybody's fields show what the source says, or the person is named with a reason. */
  public static List<Violation> converged(Morning morning) {
    return Convergence.of(morning);
  }

  private void found(Law law, String text) {
    violations.add(new Violation(law, text));
  }

  // 2: once

  private void once() {
    Set<String> created = new HashSet<>();
    for (Rec contact : deeds.created()) {
      String pmi = deeds.ownerOf(contact);
      if (pmi.isEmpty()) {
        found(Law.ONCE, "a Contact was created without its PMI ID");
      } else if (!created.add(pmi)) {
        found(Law.ONCE, "two Contacts were created of " + pmi);
      } else if (deeds.hadContact(pmi)) {
        found(Law.ONCE, "a second Contact was created of " + pmi);
      }
    }
    deeds.changes().forEach(this::saidOfThem);
  }

  /** Whether a value that we changed is one that some load said of this very person. */
  private void saidOfThem(Deeds.Deed change) {
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

  // 3: never

  private void never() {
    boolean stopped = morning.exit() == 6 || morning.kind().equals("plan");
    List<Deeds.Deed> changes = deeds.changes();
    if (stopped && !(changes.isEmpty() && deeds.created().isEmpty())) {
      found(Law.NEVER, "something was sent though a guard said no, or nobody said yes");
    }
    for (Deeds.Deed change : changes) {
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
      } else if (!morning.causes().rewritten().contains(change.field().name())
          && !morning.rules().allow(change.field(), change.value(), morning.fresh())) {
        found(Law.NEVER, change.field().name() + " was cleared or sent against its policy");
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
    if (report.contacts().inserted() != deeds.created().size()) {
      found(
          Law.ACCOUNTED,
          report.contacts().inserted() + " inserted, but " + deeds.created().size() + " are new");
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
    if (FieldTable.all().stream().anyMatch(f -> f.name().equals(name))
        && !morning.causes().rewritten().contains(name)
        && !SourceReader.shows(FieldTable.field(name), record.text(name), value)) {
      found(Law.ACCOUNTED, name + " of " + sent.pmi() + " is done, and Salesforce shows another");
    }
  }

  // 5: honest

  private void honest() {
    if (morning.exit() == 0
        && morning.report() != null
        && !morning.causes().disturbed()
        && morning.kind().equals("sync")
        && morning.fresh()) {
      Convergence.of(morning).forEach(v -> found(Law.HONEST, "exit 0, but " + v.text()));
    }
  }
}
