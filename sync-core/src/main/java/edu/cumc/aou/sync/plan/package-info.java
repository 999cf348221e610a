/** What should change and why: status rules, differences, guards. */
@NullMarked
package edu.cumc.aou.sync.plan;

import org.jspecify.annotations.NullMarked;
