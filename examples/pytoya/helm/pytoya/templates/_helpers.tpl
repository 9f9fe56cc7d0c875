{{/* The labels of a part: (dict "root" $ "part" "api"). */}}
{{- define "pytoya.selector" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .part }}
{{- end -}}

{{- define "pytoya.labels" -}}
{{ include "pytoya.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end -}}

{{/* An image: (dict "root" $ "of" .Values.api). A digest says exactly which; a tag may move. */}}
{{- define "pytoya.image" -}}
{{- $name := printf "%s/%s" .root.Values.global.imageRegistry .of.image -}}
{{- if .of.digest -}}
{{- printf "%s@%s" $name .of.digest -}}
{{- else -}}
{{- printf "%s:%s" $name (required "an image needs a tag or a digest" .of.tag) -}}
{{- end -}}
{{- end -}}

{{- define "pytoya.pullSecrets" -}}
{{- with .Values.global.imagePullSecrets }}
imagePullSecrets:
{{- range . }}
  - name: {{ . }}
{{- end }}
{{- end }}
{{- end -}}
