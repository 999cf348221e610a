package edu.cumc.aou.salesforce.bulk;

/**
 * An upload.
 *
 * @param rows without the header; rows that neither succeeded nor failed were not processed
 * @param bytes of CSV, before any compression
 */
public record BulkUpload(long rows, long bytes) {}
