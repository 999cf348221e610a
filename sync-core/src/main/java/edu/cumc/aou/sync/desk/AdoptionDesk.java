package edu.cumc.aou.sync.desk;

import edu.cumc.aou.sync.adoption.Match;
import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.ParticipantStatus;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.SourceHash;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.DecisionTable;
import edu.cumc.aou.sync.port.DecisionTable.Decision;
import edu.cumc.aou.sync.port.DecisionTable.Verdict;
import edu.cumc.aou.sync.port.FlawTable.Flaw;
import edu.cumc.aou.sync.port.HoldTable;
import edu.cumc.aou.sync.port.SourceEntry;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.run.Preparation;
import edu.cumc.aou.sync.run.RunServices;
import edu.cumc.aou.sync.settings.SyncSettings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Records a person's answer when two or more participants or Contacts make an adoption doubtful.
 * The next sync follows the answer; this class writes nothing to Salesforce. Thread-safe.
 */
public final class AdoptionDesk {

  private static final Set<String> DOUBTS = Match.DOUBTS;

  private AdoptionDesk() {}

  /**
   * Notes that a Contact belongs to a participant.
   *
   * @param who the person who says so
   * @throws SyncException CONFIG if the next sync could not follow the answer
   */
  public static void adopt(
      RunServices services,
      SyncSettings settings,
      PmiId pmiId,
      ContactId contactId,
      String who,
      String why) {
    SyncStore store = services.store();
    store.verify();
    SourceRow row = rowOf(services, settings, pmiId);
    if (store.mirror().find(pmiId).filter(m -> !m.live().isEmpty()).isPresent()) {
      throw refused(
          "the participant has a Contact already",
          "merge the two in Salesforce if both are theirs; the sync follows");
    }
    if (store.holds().find(pmiId).filter(h -> h.kind() != HoldTable.Kind.QUARANTINE).isPresent()) {
      throw refused(
          "the participant is held, so the next sync would not look at the answer",
          "run aou-sync release PMI_ID first, and then this command again");
    }
    List<Contact> found = services.crm().contactsById(List.of(contactId), List.of());
    if (found.isEmpty()) {
      throw refused(
          "Salesforce shows the sync's user no Contact with this id",
          "aou-sync explain PMI_ID lists those that may be theirs");
    }
    if (found.get(0).hasPmiText()) {
      throw refused(
          "the Contact has a PMI ID already", "if that is wrong, correct it in Salesforce first");
    }
    try (Cursor<Decision> answers = store.decisions().read(DecisionTable.Kind.ADOPTION)) {
      while (answers.hasNext()) {
        Decision other = answers.next();
        if (other.verdict() == Verdict.ADOPT
            && other.answer().equals(contactId.value())
            && !other.subject().equals(pmiId.value())) {
          throw refused(
              "an earlier answer says that the Contact is another participant's",
              "answer for that participant first, with aou-sync adopt or aou-sync release");
        }
      }
    }
    store
        .decisions()
        .put(
            List.of(
                new Decision(
                    DecisionTable.Kind.ADOPTION,
                    pmiId.value(),
                    "",
                    Verdict.ADOPT,
                    contactId.value(),
                    who,
                    why,
                    services.clock().instant(),
                    SourceHash.ofRows(List.of(row)))));
  }

  private static SourceRow rowOf(RunServices services, SyncSettings settings, PmiId pmiId) {
    SourceEntry entry =
        services
            .source()
            .find(Preparation.of(services, settings).query(), pmiId)
            .orElseThrow(
                () ->
                    refused(
                        "the source has no participant with this PMI ID",
                        "aou-sync find looks for names, numbers and addresses"));
    if (entry instanceof SourceEntry.Found found) {
      SourceRow row = found.participant().contact();
      ParticipantStatus status = found.participant().status();
      if (row != null
          && (status == ParticipantStatus.ACTIVE
              || status == ParticipantStatus.DEACTIVATED
              || status == ParticipantStatus.DECEASED)) {
        return row;
      }
    }
    throw refused(
        "the sync makes no Contact for this participant", "aou-sync explain PMI_ID says why");
  }

  private static SyncException refused(String what, String then) {
    return new SyncException(
        FailureKind.CONFIG, "adopt: " + what + ". Nothing was noted; " + then + ".");
  }

  /**
   * Notes that none of the fitting Contacts belongs to these participants, as far as that is
   * doubtful: the next sync creates new ones.
   *
   * @return how many participants that concerns
   */
  public static int answerNobody(SyncStore store, Set<PmiId> people, Clock clock, String who) {
    List<Decision> answers = new ArrayList<>();
    for (PmiId pmiId : people) {
      store.flaws().of(pmiId).stream()
          .filter(f -> DOUBTS.contains(f.code()))
          .findFirst()
          .ifPresent(doubt -> answers.add(nobody(pmiId, doubt, clock, who)));
    }
    store.decisions().put(answers);
    return answers.size();
  }

  private static Decision nobody(PmiId pmiId, Flaw doubt, Clock clock, String who) {
    return new Decision(
        DecisionTable.Kind.ADOPTION,
        pmiId.value(),
        "",
        Verdict.NONE,
        "",
        who,
        "",
        clock.instant(),
        doubt.sourceHash());
  }
}
