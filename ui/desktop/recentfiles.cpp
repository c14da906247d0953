// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/desktop/recentfiles.h"

#include "core/base/filename.h"
#include "core/base/filewriter.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

RecentFiles::RecentFiles(QString path, QWidget *parent)
    : QMenu(tr("Add &recent"), parent)
    , m_file(std::move(path))
{
    FileWriter::shared().finish();
    QFile file(m_file);
    if (!m_file.isEmpty() && file.open(QIODevice::ReadOnly)) {
        for (const auto value : QJsonDocument::fromJson(file.readAll()).array()) {
            if (!value.toString().isEmpty() && m_paths.size() < limit)
                m_paths.append(pathFromStored(value.toString()));
        }
    }
    connect(this, &QMenu::aboutToShow, this, &RecentFiles::fill);
    fill();
}

void RecentFiles::remember(const QStringList &paths)
{
    if (paths.isEmpty() || !schemeOf(paths.first()).isEmpty()) // an address: nothing came of it
        return;
    const QFileInfo first(paths.first());
    const QString path = QDir::cleanPath(paths.size() > 1 ? first.absolutePath() : first.absoluteFilePath());
    m_paths.removeAll(path);
    m_paths.prepend(path);
    m_paths.resize(qMin<qsizetype>(m_paths.size(), limit));
    fill();
    save();
}

void RecentFiles::fill()
{
    clear();
    for (const QString &path : std::as_const(m_paths)) {
        const QString name = shownName(path);
        QString text = name.isEmpty() ? path : name;
        QAction *action = addAction(text.replace(u'&', "&&"_L1));
        action->setToolTip(shownPath(path).toHtmlEscaped());
        action->setStatusTip(shownPath(path));
        connect(action, &QAction::triggered, this, [this, path] { emit chosen(path); });
    }
    setToolTipsVisible(true);
    if (!m_paths.isEmpty()) {
        addSeparator();
        addAction(tr("&Forget these"), this, [this] {
            m_paths.clear();
            fill();
            save();
        });
    }
    menuAction()->setEnabled(!m_paths.isEmpty());
}

void RecentFiles::save()
{
    // A list of conveniences: when it cannot be kept, nothing is lost that somebody would miss.
    if (!m_file.isEmpty()) {
        FileWriter::shared().write(m_file, [paths = storedPaths(m_paths)] {
            return QJsonDocument(QJsonArray::fromStringList(paths)).toJson();
        });
    }
}

} // namespace cycast
