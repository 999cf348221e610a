package edu.cumc.aou.runtime.notify;

import org.jspecify.annotations.Nullable;

/**
 * Whether one way of notifying worked.
 *
 * @param channel its setting, such as {@code notify.mail}
 * @param problem what went wrong and what to do; null if it worked
 */
public record Delivery(String channel, @Nullable String problem) {

  public boolean isTold() {
    return problem == null;
  }

  /** A line for people. */
  public String line() {
    return channel + ": " + (problem == null ? "told" : "not told: " + problem);
  }
}
