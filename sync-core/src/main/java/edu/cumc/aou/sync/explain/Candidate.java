package edu.cumc.aou.sync.explain;

import edu.cumc.aou.sync.adoption.Likeness;
import edu.cumc.aou.sync.model.Contact;

/** A Contact without a PMI ID that may belong to a participant. Personal data. */
public record Candidate(Contact contact, Likeness likeness) {

  @Override
  public String toString() {
    return "Candidate[hidden]";
  }
}
