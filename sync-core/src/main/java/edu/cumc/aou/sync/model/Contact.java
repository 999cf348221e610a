package edu.cumc.aou.sync.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A Contact as Salesforce shows it.
 *
 * @param pmiId the participant; null when the PMI field is empty or holds something else
 * @param hasPmiText whether the PMI field holds any text, so that we can report text that is not a
 *     PMI ID
 * @param fields the mapped fields, normalised
 * @param modstamp SystemModstamp
 * @param ownerId the owner's id; empty text when it was not read
 * @param selected whether the Contact is among those that the sync looks after (has a PMI ID and
 *     fits {@code contact.where})
 * @param deleted whether it lies in the recycle bin
 * @param mergedInto the Contact that survived a merge; null if this one was not merged away
 */
public record Contact(
    ContactId id,
    @Nullable PmiId pmiId,
    boolean hasPmiText,
    FieldValues fields,
    Instant modstamp,
    String ownerId,
    boolean selected,
    boolean deleted,
    @Nullable ContactId mergedInto) {}
