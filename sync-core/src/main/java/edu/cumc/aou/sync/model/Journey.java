package edu.cumc.aou.sync.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A journey as Salesforce shows it: the Opportunity that belongs to one Contact.
 *
 * @param contactId the Contact; null when the lookup is empty
 * @param fields the mapped fields, normalised
 * @param modstamp SystemModstamp
 * @param selected whether the journey is among those that the sync looks after (has a Contact and
 *     fits {@code journey.where})
 * @param deleted whether it lies in the recycle bin
 */
public record Journey(
    JourneyId id,
    @Nullable ContactId contactId,
    FieldValues fields,
    Instant modstamp,
    String ownerId,
    boolean selected,
    boolean deleted) {}
