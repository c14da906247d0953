// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/helper/trackfile.h"

#include "core/codec/regularfile.h"

#include <utility>

#include <unistd.h>

namespace cycast
{

TrackFile::TrackFile(int descriptor, QString name)
    : m_descriptor(descriptor)
    , m_name(std::move(name))
{
}

Result<TrackFile> TrackFile::at(const QString &path)
{
    QFile file;
    if (const auto opened = openRegularFile(file, path); !opened)
        return failure(opened.error().sentence);
    return TrackFile(::dup(file.handle()), path.section(QLatin1Char('/'), -1));
}

TrackFile::TrackFile(TrackFile &&other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
    , m_name(std::move(other.m_name))
{
}

TrackFile &TrackFile::operator=(TrackFile &&other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    std::swap(m_name, other.m_name);
    return *this;
}

TrackFile::~TrackFile()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

TrackFile TrackFile::again() const
{
    return TrackFile(m_descriptor < 0 ? -1 : ::dup(m_descriptor), m_name);
}

} // namespace cycast
