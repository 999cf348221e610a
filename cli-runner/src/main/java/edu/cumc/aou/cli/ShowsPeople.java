package edu.cumc.aou.cli;

/**
 * A command that always shows personal data: {@link Looks} lets it pass, and it must tell {@link
 * Looks#enter} which people it will show.
 */
interface ShowsPeople {}
