package edu.cumc.aou.salesforce;

/** A version of the API that the org offers, such as {@code 62.0} and {@code Winter '25}. */
public record ApiVersion(String version, String label) {}
