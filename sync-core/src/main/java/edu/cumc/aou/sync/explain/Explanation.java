package edu.cumc.aou.sync.explain;

import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.ParticipantStatus;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.plan.Planner.PlannedOne;
import edu.cumc.aou.sync.port.ChangeTable.ParticipantChange;
import edu.cumc.aou.sync.port.FlawTable.Flaw;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.MirrorTable.MirroredContact;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one participant, for the person who asked. Personal data: never for a log.
 *
 * @param status null when the source does not have the participant, or its rows contradict each
 *     other
 * @param fields what each mapped field says on both sides
 * @param contacts what the mirror has, gone Contacts included
 * @param hold null when the participant is not held
 * @param next what the next run would do; null when the source does not have the participant
 * @param flaws values of the source that are not sent, as the last run recorded them
 * @param candidates Contacts without a PMI ID that may be theirs: a person must say which one is
 * @param history the newest rows of earlier runs
 * @param inSource whether the source has rows of the participant
 * @param withoutOrg why Salesforce did not answer, which leaves the fields and the next run
 *     unknown; empty text if it answered
 */
public record Explanation(
    PmiId pmiId,
    boolean inSource,
    @Nullable ParticipantStatus status,
    List<FieldFact> fields,
    List<MirroredContact> contacts,
    @Nullable Hold hold,
    @Nullable PlannedOne next,
    List<Flaw> flaws,
    List<Candidate> candidates,
    List<ParticipantChange> history,
    String withoutOrg) {

  public Explanation {
    fields = List.copyOf(fields);
    contacts = List.copyOf(contacts);
    flaws = List.copyOf(flaws);
    candidates = List.copyOf(candidates);
    history = List.copyOf(history);
  }

  /**
   * One field.
   *
   * @param columns where the value comes from; empty for a constant
   * @param source the raw text of the source
   * @param wanted what we would send; empty text for blank
   * @param rule why our rules do not take it; empty text if they do
   * @param salesforce what Salesforce showed last; empty text for blank or no record
   */
  public record FieldFact(
      CrmObject object,
      String field,
      List<String> columns,
      String source,
      String wanted,
      String rule,
      String salesforce) {
    public FieldFact {
      columns = List.copyOf(columns);
    }

    @Override
    public String toString() {
      return "FieldFact[" + field + "]";
    }
  }

  @Override
  public String toString() {
    return "Explanation[hidden]";
  }
}
