// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace cycast
{

/// The mount as it stands in a URL: percent-encoded UTF-8, with a leading slash.
QByteArray encodedMount(const QString &mount);

/// Scheme and host as a client named them, without a byte that a URL cannot hold there: what a request's
/// Host header says ends up in playlists.
QByteArray cleanedBase(const QByteArray &base);

/// The address when it is a plain web address (http, https), else nothing: `javascript:` never becomes a
/// link.
QString webAddress(const QString &url);

} // namespace cycast
