package edu.cumc.aou.sync.explain;

import edu.cumc.aou.sync.model.PmiId;
import java.util.List;

/**
 * Who fits what a caller said. Personal data.
 *
 * @param people ordered by PMI ID
 * @param more whether there are others, which are not shown
 */
public record FoundPeople(List<Person> people, boolean more) {

  public FoundPeople {
    people = List.copyOf(people);
  }

  /** Without the people. */
  @Override
  public String toString() {
    return "FoundPeople[" + people.size() + "]";
  }

  /**
   * One of them.
   *
   * @param name as the source writes it, or else Salesforce; empty if neither knows it
   * @param inSource whether the source has a row
   * @param contactIds the Contacts that are not gone
   * @param hold why nothing is sent; empty if nothing holds it
   */
  public record Person(
      PmiId pmiId, String name, boolean inSource, List<String> contactIds, String hold) {

    public Person {
      contactIds = List.copyOf(contactIds);
    }

    /** Without personal data. */
    @Override
    public String toString() {
      return "Person[hidden]";
    }
  }
}
