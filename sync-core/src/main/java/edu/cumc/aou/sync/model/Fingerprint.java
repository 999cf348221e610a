package edu.cumc.aou.sync.model;

/**
 * 128 bits of all that the source says of a participant and of the rules by which it was judged:
 * two that are the same were made of the same. Immutable; tells nobody what it was made of.
 */
public record Fingerprint(long high, long low) {}
