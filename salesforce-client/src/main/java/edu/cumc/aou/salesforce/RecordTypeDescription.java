package edu.cumc.aou.salesforce;

/**
 * What describe says of a record type.
 *
 * @param id its id; the record type Master, which every object has, is the absence of another
 * @param name as people see it
 * @param active whether it is in use
 * @param available whether the user that is logged in may give it to records
 */
public record RecordTypeDescription(String id, String name, boolean active, boolean available) {}
