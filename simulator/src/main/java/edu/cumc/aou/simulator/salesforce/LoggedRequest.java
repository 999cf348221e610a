package edu.cumc.aou.simulator.salesforce;

/**
 * One request that the simulator has answered, without anything personal. Immutable.
 *
 * @param method the HTTP method
 * @param path the template of the path, such as {@code /services/data/{version}/limits}; {@code
 *     unknown} if no resource has the path
 * @param status the status answered; also where the answer was lost on purpose
 */
public record LoggedRequest(String method, String path, int status) {}
