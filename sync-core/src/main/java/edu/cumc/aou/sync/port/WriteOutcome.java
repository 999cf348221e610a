package edu.cumc.aou.sync.port;

import java.util.List;

/** What became of one row of a write. */
public sealed interface WriteOutcome {

  /** The code of a row with which Salesforce fails inside, although it writes others. */
  String FAILS_INSIDE = "FAILS_INSIDE";

  /** The code of a row that no request can carry. */
  String CANNOT_BE_SENT = "CANNOT_BE_SENT";

  /** The code of a create that is not sent: somebody else has created such a record meanwhile. */
  String CREATED_SINCE = "created-since";

  /** The code of a deletion that is not done: somebody has touched the record. */
  String TOUCHED_SINCE = "touched-since";

  /** The code of a deletion of what is not there any more. */
  String GONE_SINCE = "gone-since";

  /**
   * The code of a create without an answer that is not sent again: a Contact was created for this
   * run meanwhile that shows no PMI ID, or one that tells nothing of whose it is.
   */
  String CREATED_WITHOUT_KEY = "created-without-key";

  /**
   * The record is as asked.
   *
   * @param created whether it is new
   * @param repeated whether an attempt before may have written it already: then {@code created}
   *     does not tell whether somebody else made the record
   */
  record Written(String id, boolean created, boolean repeated) implements WriteOutcome {
    /** Without the id. */
    @Override
    public String toString() {
      return "Written[created=" + created + "]";
    }
  }

  /**
   * The record was not changed, and the same write would be refused again.
   *
   * @param code the CRM's error code, e.g. {@code STRING_TOO_LONG}, or one of those above
   * @param fields the API names of the fields it blames; may be empty
   * @param matches the ids of the records that a duplicate rule found to be like this one; none
   *     where nobody tells
   */
  record Refused(String code, List<String> fields, List<String> matches) implements WriteOutcome {
    public Refused {
      fields = List.copyOf(fields);
      matches = List.copyOf(matches);
    }

    /** A refusal that names no other records. */
    public Refused(String code, List<String> fields) {
      this(code, fields, List.of());
    }

    /** Without ids. */
    @Override
    public String toString() {
      return "Refused[" + code + fields + "]";
    }
  }

  /**
   * The record was not changed; later it may be.
   *
   * @param goesAgain whether the row is sent again by this write, or by the next one of the run:
   *     the last word on it is still to come
   */
  record NotWritten(String code, List<String> fields, boolean goesAgain) implements WriteOutcome {
    public NotWritten {
      fields = List.copyOf(fields);
    }
  }

  /** The record may have been written, and nobody could be asked. */
  record Unknown(String code) implements WriteOutcome {}
}
