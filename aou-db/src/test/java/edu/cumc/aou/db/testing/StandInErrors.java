package edu.cumc.aou.db.testing;

import java.sql.SQLException;
import java.util.Map;

/** The numbers that SQL Server has for what H2 finds wrong. */
final class StandInErrors {

  /** What the stand-in itself cannot do, which is no error of the client. */
  static final int NOT_HERE = 50_000;

  static final int CANCELLED = 57_014;
  static final int DEADLOCK = 1205;

  /** The number of a server that knows none. */
  private static final int UNMAPPED = 33_557_097;

  private static final int LEAST_OF_H2 = 10_000;

  private static final Map<Integer, Integer> NUMBERS =
      Map.ofEntries(
          Map.entry(42101, 2714),
          Map.entry(42102, TSqlRefusal.MISSING_TABLE),
          Map.entry(42103, TSqlRefusal.MISSING_TABLE),
          Map.entry(42104, TSqlRefusal.MISSING_TABLE),
          Map.entry(42122, TSqlRefusal.MISSING_COLUMN),
          Map.entry(23505, 2627),
          Map.entry(23502, 515),
          Map.entry(22001, 2628),
          Map.entry(22003, 8115),
          Map.entry(22004, 8115),
          Map.entry(22018, 8114),
          Map.entry(22007, 241),
          Map.entry(90016, 8120),
          Map.entry(90054, 147),
          Map.entry(90053, 512),
          Map.entry(90078, 2760),
          Map.entry(90079, 2760),
          Map.entry(50200, 1222),
          Map.entry(90131, 3960),
          Map.entry(40001, DEADLOCK),
          Map.entry(57014, CANCELLED));

  private StandInErrors() {}

  static TSqlRefusal of(SQLException e) {
    // what a trigger of a test says has SQL Server's number already
    int other = e.getErrorCode() < LEAST_OF_H2 ? e.getErrorCode() : NOT_HERE;
    int number = NUMBERS.getOrDefault(e.getErrorCode(), other);
    return new TSqlRefusal(number, e.getErrorCode() + " " + e.getMessage());
  }

  /** What a compatible server makes of it. */
  static TSqlRefusal compatible(TSqlRefusal refusal) {
    return refusal.number() == TSqlRefusal.MISSING_TABLE
        ? new TSqlRefusal(UNMAPPED, "relation \"it\" does not exist")
        : refusal;
  }
}
