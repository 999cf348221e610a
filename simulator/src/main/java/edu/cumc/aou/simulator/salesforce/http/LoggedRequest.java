package edu.cumc.aou.simulator.salesforce.http;

import java.time.Instant;
import java.util.Optional;

/**
 * One request that the simulator has answered; without its {@code exchange} it holds nothing
 * personal. Immutable.
 *
 * @param number counts the requests since the start, from 1
 * @param at when it was answered, by the clock of the org
 * @param method the HTTP method
 * @param path the template of the path, such as {@code /services/data/{version}/limits}; {@code
 *     unknown} if no resource has the path
 * @param status the status, even if a fault lost the answer
 * @param fault the name of the fault that it met; empty if it met none
 * @param exchange what was sent in both directions; empty unless the simulator was told to keep it
 */
public record LoggedRequest(
    long number,
    Instant at,
    String method,
    String path,
    int status,
    Optional<String> fault,
    Optional<Exchange> exchange) {

  /**
   * The request as one line of a log.
   *
   * @return number, time, method, path, status and fault
   */
  @Override
  public String toString() {
    return "#"
        + number
        + " "
        + at
        + " "
        + method
        + " "
        + path
        + " "
        + status
        + fault.map(name -> " fault=" + name).orElse("");
  }
}
