/** Server-sent events to callers who keep a connection open, whatever they are told of. */
package org.mckms.csc.events;
