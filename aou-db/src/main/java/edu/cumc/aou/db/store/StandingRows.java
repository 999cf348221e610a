package edu.cumc.aou.db.store;

import edu.cumc.aou.sync.audit.AuditHash;
import edu.cumc.aou.sync.audit.SetHash;
import edu.cumc.aou.sync.port.AuditTable.Standing;
import edu.cumc.aou.sync.port.DecisionTable.Decision;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The decisions and holds in force, as the audit trail knows them. */
final class StandingRows {

  private static final int PAGE = 500;
  private static final String DECISION = "decision";
  private static final String HOLD = "hold";

  private final StoreDatabase store;

  StandingRows(StoreDatabase store) {
    this.store = store;
  }

  /** What the leaf of a decision commits to. */
  static List<@Nullable String> content(Decision d) {
    return Arrays.asList(
        DECISION,
        d.kind().name(),
        d.subject(),
        d.about(),
        d.verdict().name(),
        d.answer(),
        d.who(),
        d.why(),
        text(d.at()),
        d.sourceHash());
  }

  /** What the leaf of a hold commits to. */
  static List<@Nullable String> content(Hold h) {
    return Arrays.asList(
        HOLD, h.pmiId().value(), h.kind().name(), h.reason(), text(h.since()), h.valuesHash());
  }

  /** Databases round what is finer. */
  private static String text(Instant at) {
    return Long.toString(at.toEpochMilli());
  }

  /** The page after a decision or hold; decisions come first. */
  List<Standing> after(Handle handle, @Nullable Standing last) {
    if (last != null && HOLD.equals(last.content().get(0))) {
      return holds(handle, Objects.requireNonNull(last.content().get(1)));
    }
    List<Standing> decisions = decisions(handle, last);
    return decisions.isEmpty() ? holds(handle, "") : decisions;
  }

  private List<Standing> decisions(Handle handle, @Nullable Standing last) {
    List<@Nullable String> key = last == null ? Arrays.asList("", "", "", "") : last.content();
    return handle
        .createQuery(
            store.sql(
                "SELECT kind, subject, about, verdict, answer, decided_by, why, decided_at,"
                    + " source_hash, nonce, leaf FROM $.sync_decision WHERE kind > :kind OR (kind ="
                    + " :kind AND (subject > :subject OR (subject = :subject AND about > :about)))"
                    + " ORDER BY kind, subject, about "
                    + store.dialect().limit()))
        .bind("kind", key.get(1))
        .bind("subject", key.get(2))
        .bind("about", key.get(3))
        .bind("limit", PAGE)
        .map(
            (row, context) ->
                standing(
                    row,
                    DECISION,
                    "kind",
                    "subject",
                    "about",
                    "verdict",
                    "answer",
                    "decided_by",
                    "why",
                    "decided_at",
                    "source_hash"))
        .list();
  }

  private List<Standing> holds(Handle handle, String after) {
    return handle
        .createQuery(
            store.sql(
                "SELECT pmi_id, kind, reason, since, values_hash, nonce, leaf FROM $.sync_hold"
                    + " WHERE pmi_id > :after ORDER BY pmi_id "
                    + store.dialect().limit()))
        .bind("after", after)
        .bind("limit", PAGE)
        .map(
            (row, context) ->
                standing(row, HOLD, "pmi_id", "kind", "reason", "since", "values_hash"))
        .list();
  }

  private static Standing standing(ResultSet row, String what, String... columns)
      throws SQLException {
    List<@Nullable String> content = new ArrayList<>();
    content.add(what);
    for (String column : columns) {
      boolean isTime = column.equals("decided_at") || column.equals("since");
      content.add(isTime ? text(RowCodec.instant(row, column)) : row.getString(column));
    }
    return new Standing(row.getString("leaf"), row.getString("nonce"), content);
  }

  /**
   * Gives a new leaf to each decision and hold that differs from what was entered.
   *
   * @return the set of all of them
   */
  SetHash takeIn(Handle handle) {
    SetHash all = SetHash.EMPTY;
    @Nullable Standing last = null;
    List<Standing> page = after(handle, last);
    while (!page.isEmpty()) {
      List<String> leaves = new ArrayList<>();
      PreparedBatch decisions =
          handle.prepareBatch(
              store.sql(
                  "UPDATE $.sync_decision SET nonce = :nonce, leaf = :leaf WHERE kind = :kind AND"
                      + " subject = :subject AND about = :about"));
      PreparedBatch holds =
          handle.prepareBatch(
              store.sql(
                  "UPDATE $.sync_hold SET nonce = :nonce, leaf = :leaf WHERE pmi_id = :subject"));
      for (Standing each : page) {
        List<@Nullable String> content = each.content();
        String nonce = store.newNonce();
        String leaf = AuditHash.leaf(nonce, content);
        leaves.add(leaf);
        if (HOLD.equals(content.get(0))) {
          holds.bind("nonce", nonce).bind("leaf", leaf).bind("subject", content.get(1)).add();
        } else {
          decisions
              .bind("nonce", nonce)
              .bind("leaf", leaf)
              .bind("kind", content.get(1))
              .bind("subject", content.get(2))
              .bind("about", content.get(3))
              .add();
        }
      }
      if (decisions.size() > 0) {
        decisions.execute();
      }
      if (holds.size() > 0) {
        holds.execute();
      }
      all = all.with(leaves);
      last = page.get(page.size() - 1);
      page = after(handle, last);
    }
    return all;
  }
}
