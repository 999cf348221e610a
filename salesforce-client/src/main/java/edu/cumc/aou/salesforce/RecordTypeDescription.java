package edu.cumc.aou.salesforce;

/**
 * What describe says about a record type.
 *
 * @param id its id; every object also has the record type Master, which means no other one
 * @param name as people see it
 * @param active whether it is in use
 * @param available whether the logged-in user may give it to records
 */
public record RecordTypeDescription(String id, String name, boolean active, boolean available) {}
