package edu.cumc.aou.salesforce;

/** One of the org's allowances. The org's own figures lag by minutes. */
public record ApiLimit(long max, long remaining) {}
