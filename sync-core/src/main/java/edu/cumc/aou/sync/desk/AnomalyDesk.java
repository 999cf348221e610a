package edu.cumc.aou.sync.desk;

import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.AnomalyTable.Anomaly;
import edu.cumc.aou.sync.port.AnomalyTable.Kind;
import edu.cumc.aou.sync.port.AnomalyTable.OpenAnomaly;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.DecisionTable;
import edu.cumc.aou.sync.port.DecisionTable.Decision;
import edu.cumc.aou.sync.port.DecisionTable.Verdict;
import edu.cumc.aou.sync.port.MirrorTable.MirroredContact;
import edu.cumc.aou.sync.port.MirrorTable.MirroredJourney;
import edu.cumc.aou.sync.port.SyncStore;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Records what people decide about anomalies. The next sync follows it; this class writes nothing
 * to Salesforce. Thread-safe.
 */
public final class AnomalyDesk {

  private static final int BATCH = 500;

  private final SyncStore store;
  private final Clock clock;
  private final String who;
  private final String why;

  /**
   * @param who the person
   * @param why in their words; may be empty text
   */
  public AnomalyDesk(SyncStore store, Clock clock, String who, String why) {
    this.store = store;
    this.clock = clock;
    this.who = who;
    this.why = why;
  }

  /**
   * Selects anomalies; if both parts are given, both must fit.
   *
   * @param people the participants; empty for all
   * @param kinds none for all
   */
  public record Wanted(Set<PmiId> people, Set<Kind> kinds) {
    public Wanted {
      people = Set.copyOf(people);
      kinds = Set.copyOf(kinds);
    }

    /** Whether an anomaly is selected. */
    public boolean has(Anomaly anomaly) {
      return (people.isEmpty() || people.contains(anomaly.pmiId()))
          && (kinds.isEmpty() || kinds.contains(anomaly.kind()));
    }

    @Override
    public String toString() {
      return "Wanted[" + people.size() + " people, " + kinds + "]";
    }
  }

  /**
   * The participants of the open anomalies that are selected, each once.
   *
   * @since 0.2.0
   */
  public static Set<PmiId> people(SyncStore store, Wanted wanted) {
    Set<PmiId> people = new TreeSet<>();
    try (Cursor<OpenAnomaly> open = store.anomalies().read()) {
      while (open.hasNext()) {
        Anomaly next = open.next().anomaly();
        // Something else than this program may have written a subject that is no PMI ID.
        PmiId.tryParse(next.subject().replaceFirst(" .*", ""))
            .filter(pmiId -> wanted.has(next))
            .ifPresent(people::add);
      }
    }
    return people;
  }

  /** Notes that they may stay as they are; returns how many there are. */
  public int ignore(Wanted wanted) {
    return decide(wanted, Verdict.ACKNOWLEDGED, "");
  }

  /** Notes that they are no news before a day; returns how many there are. */
  public int waitUntil(Wanted wanted, LocalDate day) {
    return decide(wanted, Verdict.WAIT, day.toString());
  }

  /** Takes decisions back; returns how many. */
  public int takeBack(Wanted wanted) {
    return decide(wanted, null, "");
  }

  private int decide(Wanted wanted, @Nullable Verdict verdict, String answer) {
    List<Decision> batch = new ArrayList<>();
    int done = 0;
    try (Cursor<OpenAnomaly> open = store.anomalies().read()) {
      while (open.hasNext()) {
        OpenAnomaly next = open.next();
        if (wanted.has(next.anomaly())
            && (verdict != null || next.decision() != null)
            && !(wanted.people().isEmpty() && isKept(next))) {
          batch.add(
              decision(next.anomaly(), verdict == null ? Verdict.ACKNOWLEDGED : verdict, answer));
          done++;
        }
        if (batch.size() >= BATCH) {
          flush(batch, verdict == null);
        }
      }
    }
    flush(batch, verdict == null);
    if (done == 0) {
      throw refused(
          verdict == null ? "no decision fits" : "nothing that is open fits",
          "aou-sync anomalies lists what is open");
    }
    return done;
  }

  /** To decide about all of a kind does not undo what was decided about one person. */
  private static boolean isKept(OpenAnomaly open) {
    return open.decision() != null && open.decision().verdict() == Verdict.KEEP;
  }

  private void flush(List<Decision> batch, boolean takeBack) {
    if (takeBack) {
      int unused = store.decisions().remove(List.copyOf(batch));
    } else {
      store.decisions().put(List.copyOf(batch));
    }
    batch.clear();
  }

  /**
   * Notes which of several journeys, or of several Contacts, is the participant's own: the next
   * sync sends to that one only.
   *
   * @param id of the journey or the Contact
   * @throws SyncException CONFIG if the participant does not have several, or not this one
   */
  public void keep(PmiId pmiId, String id) {
    List<MirroredContact> live =
        store.mirror().findWithOthers(pmiId).map(e -> e.live()).orElse(List.of());
    Optional<ContactId> contact =
        ContactId.tryParse(id).filter(c -> live.stream().anyMatch(l -> l.id().equals(c)));
    Optional<JourneyId> journey =
        JourneyId.tryParse(id)
            .filter(
                j ->
                    live.stream()
                        .flatMap(l -> l.journeys().stream())
                        .map(MirroredJourney::id)
                        .anyMatch(j::equals));
    Kind kind = contact.isPresent() ? Kind.DOUBLED_PMI_ID : Kind.SEVERAL_JOURNEYS;
    if (contact.isEmpty() && journey.isEmpty()) {
      throw refused(
          "the participant has no Contact and no journey with this id",
          "aou-sync anomalies --show-ids lists them");
    }
    Wanted wanted = new Wanted(Set.of(pmiId), Set.of(kind));
    int unused =
        decide(
            wanted,
            Verdict.KEEP,
            contact.map(ContactId::value).or(() -> journey.map(JourneyId::value)).orElseThrow());
  }

  private Decision decision(Anomaly anomaly, Verdict verdict, String answer) {
    return new Decision(
        DecisionTable.Kind.ANOMALY,
        anomaly.subject(),
        anomaly.kind().name(),
        verdict,
        answer,
        who,
        why,
        clock.instant(),
        "");
  }

  private static SyncException refused(String what, String then) {
    return new SyncException(
        FailureKind.CONFIG, "anomalies: " + what + ". Nothing was noted; " + then + ".");
  }
}
