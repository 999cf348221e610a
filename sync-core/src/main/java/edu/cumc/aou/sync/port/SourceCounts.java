package edu.cumc.aou.sync.port;

/**
 * How many rows the two relations hold, for the guards that notice a half-loaded source.
 *
 * @param contacts rows of the contact relation that have a PMI ID of any shape
 * @param journeys rows of the journey relation
 */
public record SourceCounts(long contacts, long journeys) {}
