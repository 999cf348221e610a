package edu.cumc.aou.sync.plan;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import edu.cumc.aou.sync.mapping.BoundMapping;
import edu.cumc.aou.sync.model.Fingerprint;
import edu.cumc.aou.sync.model.Participant;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.port.FlawTable.Flaw;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link Fingerprint} from a participant's cells and status, the mapping and the policies
 * of a plan. The day is not part of it: values that the rules refuse only on some days are judged
 * anew each day. Not thread-safe.
 */
final class SourceFingerprints {

  /**
   * A new version of this program may decide differently about the same cells, so it once compares
   * everybody the long way.
   */
  private static final String VERSION =
      Objects.requireNonNullElse(
          SourceFingerprints.class.getPackage().getImplementationVersion(), "");

  private static final byte NULL = 0;
  private static final byte TEXT = 1;
  private static final byte DAY = 2;
  private static final byte TIME = 3;
  private static final byte YES_NO = 4;
  private static final byte WHOLE = 5;
  private static final byte DECIMAL = 6;
  private static final byte NO_ROW = 7;
  private static final byte ROW = 8;
  private static final byte TIME_WITH_ZONE = 9;

  private final HashStream128 stream = Hashing.xxh3_128().hashStream();
  private final HashValue128 rules;
  private final Columns contactColumns = new Columns();
  private final Columns journeyColumns = new Columns();

  SourceFingerprints(BoundMapping mapping, Planner.PlanPolicy policy) {
    this(mapping, policy, VERSION);
  }

  /** Makes the fingerprints that another version of this program would make. */
  SourceFingerprints(BoundMapping mapping, Planner.PlanPolicy policy, String version) {
    stream.reset().putString(version);
    mapping.rules().forEach(stream::putString);
    new TreeSet<>(policy.withdrawalFields()).forEach(stream::putString);
    stream.putInt(policy.withdrawalColumns().size());
    policy.withdrawalColumns().forEach(stream::putString);
    stream.putBoolean(policy.recreateDeleted());
    this.rules = stream.get();
  }

  Fingerprint of(Participant participant) {
    stream
        .reset()
        .putLong(rules.getMostSignificantBits())
        .putLong(rules.getLeastSignificantBits())
        .putString(participant.pmiId().value())
        .putString(participant.status().name());
    put(participant.contact(), contactColumns);
    put(participant.journey(), journeyColumns);
    HashValue128 hash = stream.get();
    return new Fingerprint(hash.getMostSignificantBits(), hash.getLeastSignificantBits());
  }

  /**
   * Adds the participant's known flaws to a fingerprint. The short way counts the flaws in the
   * store: if the store has others meanwhile, the fingerprints differ.
   */
  static Fingerprint with(Fingerprint cells, List<Flaw> flaws) {
    if (flaws.isEmpty()) {
      return cells;
    }
    HashStream128 all = Hashing.xxh3_128().hashStream().putLong(cells.high()).putLong(cells.low());
    flaws.stream()
        .sorted(Comparator.comparing(Flaw::what))
        .forEach(flaw -> all.putString(flaw.what()).putString(flaw.sourceHash()));
    HashValue128 hash = all.get();
    return new Fingerprint(hash.getMostSignificantBits(), hash.getLeastSignificantBits());
  }

  private void put(@Nullable SourceRow row, Columns columns) {
    if (row == null) {
      stream.putByte(NO_ROW);
      return;
    }
    stream.putByte(ROW).putLong(columns.hashOf(row.columns()));
    for (int i = 0; i < row.columns().size(); i++) {
      put(row.valueAt(i));
    }
  }

  private void put(@Nullable Object value) {
    if (value == null) {
      stream.putByte(NULL);
    } else if (value instanceof String text) {
      stream.putByte(TEXT).putString(text);
    } else if (value instanceof LocalDate day) {
      stream.putByte(DAY).putLong(day.toEpochDay());
    } else if (value instanceof LocalDateTime time) {
      stream
          .putByte(TIME)
          .putLong(time.toLocalDate().toEpochDay())
          .putLong(time.toLocalTime().toNanoOfDay());
    } else if (value instanceof OffsetDateTime time) {
      stream
          .putByte(TIME_WITH_ZONE)
          .putLong(time.toLocalDate().toEpochDay())
          .putLong(time.toLocalTime().toNanoOfDay())
          .putLong(time.getOffset().getTotalSeconds());
    } else if (value instanceof Boolean set) {
      stream.putByte(YES_NO).putBoolean(set);
    } else if (value instanceof Long number) {
      stream.putByte(WHOLE).putLong(number);
    } else if (value instanceof BigDecimal number) {
      stream.putByte(DECIMAL).putString(number.toString());
    } else {
      throw new IllegalStateException("a source row holds a value of an unknown type");
    }
  }

  /** The column names that all rows of one cursor share. */
  private static final class Columns {
    private List<String> names = List.of();
    private long hash;

    @SuppressWarnings("ReferenceEquality")
    long hashOf(List<String> columns) {
      if (columns != names) {
        names = columns;
        hash =
            Hashing.xxh3_64()
                .hashStream()
                .putOrderedIterable(columns, (column, sink) -> sink.putString(column))
                .getAsLong();
      }
      return hash;
    }
  }
}
