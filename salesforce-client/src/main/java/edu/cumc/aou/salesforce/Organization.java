package edu.cumc.aou.salesforce;

import org.jspecify.annotations.Nullable;

/**
 * Which org this is.
 *
 * @param id 18 characters; 15 where the user may not read Organization and only the session tells
 * @param sandbox whether it is a sandbox; developer orgs and production are not. Null where the
 *     user may not read Organization and neither the login nor its addresses tell
 * @param name what it is called; null where the user may not read Organization
 */
public record Organization(String id, @Nullable Boolean sandbox, @Nullable String name) {

  /** An org whose name nobody tells. */
  public Organization(String id, @Nullable Boolean sandbox) {
    this(id, sandbox, null);
  }
}
