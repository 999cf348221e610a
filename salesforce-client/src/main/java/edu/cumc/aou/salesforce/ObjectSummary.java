package edu.cumc.aou.salesforce;

/**
 * An object that the user may see, in brief; {@link Salesforce#describe} has its fields.
 *
 * @param name the API name
 * @param keyPrefix the first three characters of its ids; empty text if it has none of its own
 */
public record ObjectSummary(
    String name,
    String label,
    String keyPrefix,
    boolean custom,
    boolean queryable,
    boolean createable,
    boolean updateable,
    boolean deletable) {}
