// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/pages/statusapi.h"
#include "core/values/stationstatus.h"

namespace cycast
{

/// GET /: the page from the resources (resources/web/) with the station's names filled in, escaped. It has no
/// third-party request; its script is inline under a Content-Security-Policy with a hash. Its addresses are
/// relative, so that it works below a path of another server's too; `prefix`: that path, where it is known
/// ("/radio").
QByteArray webPage(const StationStatus &status, const StationDescription &station,
                   const QByteArray &prefix = {});
/// The matching Content-Security-Policy header value.
QByteArray webPagePolicy();

} // namespace cycast
