package edu.cumc.aou.sync.port;

import java.util.List;

/**
 * What to read from the source.
 *
 * @param contactKey the column of the contact relation that holds the PMI ID
 * @param contactColumns the columns to select beside it, as the database spells them
 * @param journeyKey the column of the journey relation that holds the PMI ID
 * @param journeyColumns the columns to select beside it
 */
public record SourceQuery(
    String contactKey,
    List<String> contactColumns,
    String journeyKey,
    List<String> journeyColumns,
    StatusRule statusRule) {

  public SourceQuery {
    contactColumns = List.copyOf(contactColumns);
    journeyColumns = List.copyOf(journeyColumns);
  }
}
