import { ApiError, missingParameter } from "../../server/api-error";
import { type ApiRequest, created, type Routes } from "../../server/routes";
import { finder } from "../find";
import type { Kind, VersionRow, Visibility } from "../rows";
import type { Serverless } from "../tables";
import { serverlessWire } from "../wire";

/** Uploads have a host of their own: https://www.twilio.com/docs/serverless/api/resource/function-version#create-a-function-version */
export const UPLOAD_HOST = "serverless-upload.twilio.com";

export function uploadRoutes(serverless: Serverless): Routes {
  const { account, clock, newSid, versions } = serverless;
  const { version: render } = serverlessWire(account.sid);
  const find = finder(serverless);

  const upload = (kind: Kind) => (request: ApiRequest) => {
    const { sid: resourceSid, serviceSid } = find.resource(request, kind);
    const row: VersionRow = {
      sid: newSid("ZN"),
      kind,
      serviceSid,
      resourceSid,
      path: readPath(request),
      visibility: readVisibility(request),
      content: readContent(request),
      createdAt: clock.now(),
    };
    versions.set(row.sid, row);
    return created(render(row));
  };

  return {
    "POST /v1/Services/:service/Functions/:resource/Versions": upload("function"),
    "POST /v1/Services/:service/Assets/:resource/Versions": upload("asset"),
  };
}

/** https://www.twilio.com/docs/serverless/api/resource/function-version tells the characters; the code is unverified. */
function readPath({ form }: ApiRequest): string {
  const path = form.require("Path");
  if (/^\/[^;,?:@+&$()' "#]*$/.test(path) && path.length <= 255) return path;
  throw new ApiError(
    400,
    20001,
    "Path must begin with / and have up to 255 characters, none of ;,?:@+&$()'\"# or a space",
  );
}

const VISIBILITIES: readonly string[] = ["public", "protected", "private"] satisfies Visibility[];

function readVisibility({ form }: ApiRequest): Visibility {
  const visibility = form.require("Visibility");
  if (VISIBILITIES.includes(visibility)) return visibility as Visibility;
  throw new ApiError(400, 20001, `Visibility must be one of ${VISIBILITIES.join(", ")}`);
}

function readContent({ files }: ApiRequest): Buffer {
  const file = files?.Content;
  if (!file) throw missingParameter("Content");
  return file.content;
}
