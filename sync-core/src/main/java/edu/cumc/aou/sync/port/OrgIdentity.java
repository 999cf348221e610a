package edu.cumc.aou.sync.port;

import org.jspecify.annotations.Nullable;

/**
 * Which org this is.
 *
 * @param id Organization.Id in 18 characters; not personal data, but not for logs either
 * @param sandbox whether it is a sandbox; null where nobody tells, because the user may not read
 *     Organization
 * @param name what the org is called; null where nobody tells, likewise
 */
public record OrgIdentity(String id, @Nullable Boolean sandbox, @Nullable String name) {

  /** An org whose name nobody tells. */
  public OrgIdentity(String id, @Nullable Boolean sandbox) {
    this(id, sandbox, null);
  }

  /** Whether it is known to be a sandbox. */
  public boolean isSandbox() {
    return Boolean.TRUE.equals(sandbox);
  }

  /** Whether anybody tells what it is. */
  public boolean isTold() {
    return sandbox != null;
  }
}
