package edu.cumc.aou.sync.port;

import org.jspecify.annotations.Nullable;

/**
 * Identifies the org.
 *
 * @param id Organization.Id in 18 characters; not personal data, but not for logs either
 * @param sandbox whether it is a sandbox; null if unknown, because the user may not read
 *     Organization
 * @param name the org's name; null if unknown, for the same reason
 */
public record OrgIdentity(String id, @Nullable Boolean sandbox, @Nullable String name) {

  /** An org without a known name. */
  public OrgIdentity(String id, @Nullable Boolean sandbox) {
    this(id, sandbox, null);
  }

  /** Whether it is known to be a sandbox. */
  public boolean isSandbox() {
    return Boolean.TRUE.equals(sandbox);
  }

  /** Whether it is known what the org is. */
  public boolean isTold() {
    return sandbox != null;
  }
}
