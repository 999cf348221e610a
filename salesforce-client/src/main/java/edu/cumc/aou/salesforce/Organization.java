package edu.cumc.aou.salesforce;

/**
 * Which org this is.
 *
 * @param id 18 characters
 * @param sandbox whether it is a sandbox; developer orgs and production are not
 */
public record Organization(String id, boolean sandbox) {}
