package edu.cumc.aou.sync.model;

/**
 * A guard that refused a run.
 *
 * @param guard its setting, e.g. {@code guards.max-inserts}
 * @param message what it saw, what it allows, what to do
 */
public record GuardTrip(String guard, String message) {}
