// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"

#include <QString>
#include <tl/expected.hpp>

namespace cycast
{

/// The value, or a sentence for the person at the desk that names the place and the cure
/// ("Port 8000 is already in use by another program").
template<class T>
using Result = tl::expected<T, Sentence>;

/// Short for `tl::unexpected<Sentence>`: `return failure(Core::tr("...").arg(path));`
inline tl::unexpected<Sentence> failure(Sentence sentence)
{
    return tl::unexpected<Sentence>(std::move(sentence));
}

/// What the system says, and what nobody reads in the window.
inline tl::unexpected<Sentence> failure(const QString &verbatim)
{
    return tl::unexpected<Sentence>(Sentence(verbatim));
}

} // namespace cycast
