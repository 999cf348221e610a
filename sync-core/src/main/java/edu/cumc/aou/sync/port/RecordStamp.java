package edu.cumc.aou.sync.port;

import java.time.Instant;

/**
 * The last change of a record in the CRM.
 *
 * @param id its Salesforce id, of 18 characters
 */
public record RecordStamp(String id, Instant modstamp) {

  @Override
  public String toString() {
    return "RecordStamp[hidden]";
  }
}
