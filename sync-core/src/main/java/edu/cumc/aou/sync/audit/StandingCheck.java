package edu.cumc.aou.sync.audit;

import edu.cumc.aou.sync.audit.AuditCheck.Fault;
import edu.cumc.aou.sync.audit.AuditCheck.Flaw;
import edu.cumc.aou.sync.port.AuditTable;
import edu.cumc.aou.sync.port.AuditTable.Head;
import edu.cumc.aou.sync.port.AuditTable.Kind;
import edu.cumc.aou.sync.port.AuditTable.Row;
import edu.cumc.aou.sync.port.AuditTable.Standing;
import edu.cumc.aou.sync.port.Cursor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether the decisions and holds in force are those in the trail. Each row records the ones
 * in force when it was entered, so the last row records the ones that must be in force now.
 */
final class StandingCheck {

  /** How often to read them again if a person decides meanwhile. */
  private static final int ATTEMPTS = 5;

  private static final int SOME = 500;

  private final AuditTable table;
  private final Consumer<Fault> faults;
  private @Nullable String standing;

  StandingCheck(AuditTable table, Consumer<Fault> faults) {
    this.table = table;
    this.faults = faults;
  }

  /** Takes the next row. {@code isFollowed}: the check has looked at the row before it. */
  void row(Row row, boolean isFollowed) {
    @Nullable String left = row.what().get(AuditTable.STANDING);
    boolean isTakenInAgain = row.is(Kind.TAKEN_IN) && standing != null;
    boolean mayDiffer =
        !isTakenInAgain && Stream.of(Kind.values()).anyMatch(k -> row.is(k) && k.changesStanding());
    boolean differs = isFollowed && standing != null && !standing.equals(left);
    if (row.what().containsKey(AuditTable.STOOD) || (differs && !mayDiffer)) {
      faults.accept(new Fault(Flaw.STANDING_ALTERED, row.seq(), row.run(), 0));
    }
    standing = left;
  }

  /**
   * Compares what is in force with the last row.
   *
   * @return how many were not looked at, because there are more than {@code most}
   */
  long end(Head end, long lastSeq, long most) {
    Head now = end;
    for (int attempt = 0; standing != null && attempt < ATTEMPTS; attempt++) {
      Found found = read(most);
      if (found.isTooMany()) {
        return found.looked();
      }
      if (found.altered() == 0 && found.all().digest().equals(standing)) {
        return 0;
      }
      Head again = table.head();
      if (again.equals(now)) {
        faults.accept(new Fault(Flaw.STANDING_ALTERED, lastSeq, null, found.altered()));
        return 0;
      }
      // A person has decided meanwhile.
      now = again;
      standing =
          table.page(now.seq() - 1, 1).stream()
              .map(row -> row.what().get(AuditTable.STANDING))
              .findFirst()
              .orElse(null);
    }
    return 0;
  }

  private record Found(SetHash all, long altered, long looked, boolean isTooMany) {}

  private Found read(long most) {
    SetHash all = SetHash.EMPTY;
    long altered = 0;
    long looked = 0;
    try (Cursor<Standing> cursor = table.standing()) {
      List<String> leaves = new ArrayList<>();
      while (cursor.hasNext()) {
        if (looked >= most) {
          return new Found(all, altered, looked, true);
        }
        Standing each = cursor.next();
        looked++;
        if (!isAsEntered(each)) {
          altered++;
        }
        leaves.add(each.leaf() == null ? "" : each.leaf());
        if (leaves.size() == SOME) {
          all = all.with(leaves);
          leaves.clear();
        }
      }
      return new Found(all.with(leaves), altered, looked, false);
    }
  }

  /** Whether its content is the one that its leaf commits to. */
  private static boolean isAsEntered(Standing each) {
    String nonce = each.nonce();
    return nonce != null && AuditHash.leaf(nonce, each.content()).equals(each.leaf());
  }
}
