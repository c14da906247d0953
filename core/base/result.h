// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <tl/expected.hpp>

namespace cycast
{

/// The value, or a sentence for the person at the desk that names the place and the cure
/// ("Port 8000 is already in use by another program").
template<class T>
using Result = tl::expected<T, QString>;

/// Short for `tl::unexpected<QString>`: `return failure(tr-free sentence);`
inline tl::unexpected<QString> failure(QString sentence)
{
    return tl::unexpected<QString>(std::move(sentence));
}

} // namespace cycast
