package edu.cumc.aou.sync.port;

/**
 * Which org this is.
 *
 * @param id Organization.Id in 18 characters; not personal data, but not for logs either
 * @param sandbox Organization.IsSandbox
 */
public record OrgIdentity(String id, boolean sandbox) {}
