package edu.cumc.aou.salesforce;

import org.jspecify.annotations.Nullable;

/**
 * Identifies the org.
 *
 * @param id 18 characters; 15 if the user may not read Organization and only the session tells
 * @param sandbox whether it is a sandbox; developer orgs and production are not. Null if the user
 *     may not read Organization and neither the login nor its addresses tell
 * @param name its name; null if the user may not read Organization
 */
public record Organization(String id, @Nullable Boolean sandbox, @Nullable String name) {

  /** An org without a known name. */
  public Organization(String id, @Nullable Boolean sandbox) {
    this(id, sandbox, null);
  }
}
