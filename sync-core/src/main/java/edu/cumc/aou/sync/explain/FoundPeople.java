package edu.cumc.aou.sync.explain;

import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The people who fit what a caller said. Personal data.
 *
 * @param people ordered by PMI ID
 * @param rows rows of the contact relation that fit but identify nobody, because they have no valid
 *     PMI ID
 * @param more whether there are others, which are not shown
 */
public record FoundPeople(List<Person> people, List<NamelessRow> rows, boolean more) {

  public FoundPeople {
    people = List.copyOf(people);
    rows = List.copyOf(rows);
  }

  @Override
  public String toString() {
    return "FoundPeople[" + people.size() + ", " + rows.size() + "]";
  }

  /**
   * One person.
   *
   * @param name as the source writes it, or else Salesforce; empty if neither knows it
   * @param inSource whether the source has a row
   * @param contactIds the Contacts that are not gone
   * @param hold why nothing is sent; null if nothing holds the person
   */
  public record Person(
      PmiId pmiId, String name, boolean inSource, List<String> contactIds, @Nullable Hold hold) {

    public Person {
      contactIds = List.copyOf(contactIds);
    }

    /** Without personal data. */
    @Override
    public String toString() {
      return "Person[hidden]";
    }
  }

  /**
   * A row that is not sent until its PMI ID is corrected in the source.
   *
   * @param key what stands there in the place of a PMI ID; may be empty
   * @param name as the source writes it
   * @param position its place among the rows of its relation, in the order of PMI IDs
   */
  public record NamelessRow(String key, String name, long position) {

    /** Without personal data. */
    @Override
    public String toString() {
      return "NamelessRow[hidden]";
    }
  }
}
