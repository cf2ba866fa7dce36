/**
 * What the integration tests share: a home made for the run, servers as processes, HTTP faces, tokens, and arithmetic of
 * their own to check answers with. Nothing here knows how the server works inside.
 */
package org.mckms.it.support;
