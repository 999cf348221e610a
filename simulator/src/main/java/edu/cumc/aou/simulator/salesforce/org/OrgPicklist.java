package edu.cumc.aou.simulator.salesforce.org;

import java.util.ArrayList;
import java.util.List;

/**
 * The values of a picklist, which an administrator may change while the org is in use. Not
 * thread-safe: the org's lock guards it. Equality is identity.
 */
public final class OrgPicklist {
  private final List<String> active;
  private final List<String> removed = new ArrayList<>();

  OrgPicklist(List<String> values) {
    this.active = new ArrayList<>(values);
  }

  boolean contains(String value) {
    return active.contains(value);
  }

  /** The values that may be chosen. */
  public List<String> active() {
    return List.copyOf(active);
  }

  /** The former values, which records may still have but cannot be chosen any more. */
  public List<String> removed() {
    return List.copyOf(removed);
  }

  /** Offers a value, if it is not offered yet. */
  void add(String value) {
    removed.remove(value);
    if (!active.contains(value)) {
      active.add(value);
    }
  }

  /**
   * No longer offers a value.
   *
   * @return whether it was offered
   */
  boolean remove(String value) {
    boolean wasThere = active.remove(value);
    if (wasThere) {
      removed.add(value);
    }
    return wasThere;
  }
}
