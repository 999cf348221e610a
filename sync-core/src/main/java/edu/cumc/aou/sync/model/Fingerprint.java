package edu.cumc.aou.sync.model;

/**
 * 128 bits of everything that the source says of a participant, and of the rules that judged it.
 * Equal fingerprints mean equal input. Immutable; reveals nothing about the input.
 */
public record Fingerprint(long high, long low) {}
