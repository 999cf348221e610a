package edu.cumc.aou.salesforce.bulk;

import java.util.List;

/**
 * Why a job failed as a whole. Leaves out Salesforce's text, which may quote values.
 *
 * @param code such as {@code InvalidBatch}; {@code UNRECOGNISED} if none was readable
 * @param fields the columns that Salesforce names, at most the first of several; may be empty
 * @param advice what happened and what to do
 * @param transientCause whether unprocessed rows may be sent again as they are
 */
public record BulkProblem(String code, List<String> fields, String advice, boolean transientCause) {
  public BulkProblem {
    fields = List.copyOf(fields);
  }
}
