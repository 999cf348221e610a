package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.AuditTable.Row;
import edu.cumc.aou.sync.port.ChangeTable.ParticipantChange;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.port.SyncStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists what was sent to Salesforce about one participant, for as long as runs are kept. */
public final class Disclosures {

  /** More than one record a day for ten years. */
  private static final int MOST = 10_000;

  private Disclosures() {}

  /**
   * One record that was sent.
   *
   * @param at on the database's clock, when its result was stored; in versions without an audit
   *     trail, when the run began
   * @param fields their names
   * @param isExact whether these are the fields of the record. If not, its values are blanked, and
   *     these are the fields of its whole batch
   * @param isCertain whether Salesforce answered that it accepted the record
   * @param row of the audit trail; 0 for versions without one
   * @param who sent it; empty text for versions without an audit trail
   */
  public record Disclosure(
      RunId run,
      Instant at,
      String orgId,
      CrmObject object,
      List<String> fields,
      boolean isExact,
      boolean isCertain,
      long row,
      String who) {
    public Disclosure {
      fields = List.copyOf(fields);
    }

    @Override
    public String toString() {
      return "Disclosure[run " + run + "]";
    }
  }

  /** Everything that was sent, newest first. */
  public static List<Disclosure> of(SyncStore store, PmiId participant) {
    List<Disclosure> sent = new ArrayList<>();
    for (ParticipantChange one : store.changes().history(participant, MOST)) {
      Change.State state = one.change().state();
      boolean isCertain = state == Change.State.DONE;
      boolean mayBe = state == Change.State.UNKNOWN || state == Change.State.SENT;
      if (isCertain || mayBe) {
        store
            .runs()
            .find(one.run())
            .ifPresent(run -> sent.add(disclosure(store, run, one.change(), isCertain)));
      }
    }
    return List.copyOf(sent);
  }

  private static Disclosure disclosure(SyncStore store, Run run, Change change, boolean isCertain) {
    Optional<Row> row = store.audit().rowOf(run.id(), change.seq());
    List<String> own = change.newValues().fields().stream().map(FieldName::value).toList();
    List<String> fields =
        own.isEmpty()
            ? row.map(r -> r.what().getOrDefault("fields", "")).stream()
                .flatMap(text -> List.of(text.split(" ", -1)).stream())
                .filter(text -> !text.isEmpty())
                .toList()
            : own;
    return new Disclosure(
        run.id(),
        row.map(Row::at).orElse(run.startedAt()),
        run.orgId(),
        change.object(),
        fields,
        !own.isEmpty(),
        isCertain,
        row.map(Row::seq).orElse(0L),
        row.map(Row::who).orElse(""));
  }
}
