package edu.cumc.aou.simulator.salesforce;

import java.util.Optional;

/**
 * What goes wrong with a job.
 *
 * @param afterRows how many rows are processed before; of no concern to query jobs
 * @param message why the job fails; empty if it gets stuck instead
 */
record JobFault(int afterRows, Optional<String> message) {}
